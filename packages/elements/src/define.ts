import "./core/chart/chart.define.ts";
import "./core/table/table.define.ts";
import "./provider/provider.define.ts";
import "./sync/sync-status/sync-status.define.ts";
import "./health/health.define.ts";
import "./keys/keys.define.ts";
import "./portal/portals/portals.define.ts";
import "./session/sign-in/sign-in.define.ts";
