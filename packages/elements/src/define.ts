import "./core/chart/chart.define.ts";
import "./core/table/table.define.ts";
import "./provider/provider.define.ts";
import "./sync/sync-status/sync-status.define.ts";
