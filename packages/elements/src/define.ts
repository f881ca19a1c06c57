import "./provider/provider.define.ts";
import "./sync/sync-status/sync-status.define.ts";
