import type { Change, Journal } from "../store/journal.ts";
import type { Entity, Value } from "../values.ts";

/** What `bizproc.robot.add` says of a robot. */
export interface AppRobot {
  clientId: string;
  code: string;
  handler: string;
  /** Whose tokens come with its calls. */
  authUserId: number;
  /** The portal waits for `bizproc.event.send`. */
  useSubscription: boolean;
  name: Value;
  description: Value;
  properties: Record<string, Value>;
  returnProperties: Record<string, Value>;
  documentType: Value;
  filter: Value;
  usePlacement: boolean;
  placementHandler: string;
}

/** A robot that an administrator put on a stage: the plain "Webhook" one, or an application's. */
export interface RobotRule {
  id: number;
  entity: Entity;
  /** STAGE_ID of deals, STATUS_ID of leads. */
  stageId: string;
  action:
    | { kind: "webhook"; url: string }
    | { kind: "application"; clientId: string; code: string; properties: Record<string, string> };
}

/** One call of an application's robot, and what the application answered. */
export interface RobotRun {
  eventToken: string;
  clientId: string;
  code: string;
  entity: Entity;
  recordId: number;
  /** Milliseconds. */
  at: number;
  /** `bizproc.event.send` came: the workflow goes on. */
  finished: boolean;
  returnValues: Record<string, Value>;
  log: string[];
}

interface AppRobotSaved extends Change {
  kind: "appRobot";
  robot: AppRobot;
}

interface AppRobotGone extends Change {
  kind: "appRobotGone";
  clientId: string;
  code: string;
}

interface RuleSaved extends Change {
  kind: "robotRule";
  rule: RobotRule;
}

interface RuleGone extends Change {
  kind: "robotRuleGone";
  id: number;
}

interface RunSaved extends Change {
  kind: "robotRun";
  run: RobotRun;
}

export class Robots {
  readonly #journal: Journal;
  readonly #known = new Map<string, AppRobot>();
  readonly #rules = new Map<number, RobotRule>();
  readonly #runs = new Map<string, RobotRun>();
  #lastRule = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.on("seed", () => {
      for (const kept of [this.#known, this.#rules, this.#runs]) kept.clear();
      this.#lastRule = 0;
    });
    journal.on<AppRobotSaved>("appRobot", ({ robot }) => void this.#known.set(keyOf(robot), robot));
    journal.on<AppRobotGone>("appRobotGone", (gone) => void this.#known.delete(keyOf(gone)));
    journal.on<RuleSaved>("robotRule", ({ rule }) => {
      this.#rules.set(rule.id, rule);
      this.#lastRule = Math.max(this.#lastRule, rule.id);
    });
    journal.on<RuleGone>("robotRuleGone", ({ id }) => void this.#rules.delete(id));
    journal.on<RunSaved>("robotRun", ({ run }) => void this.#runs.set(run.eventToken, run));
  }

  get(clientId: string, code: string): AppRobot | undefined {
    return this.#known.get(keyOf({ clientId, code }));
  }

  of(clientId: string): AppRobot[] {
    return [...this.#known.values()].filter((robot) => robot.clientId === clientId);
  }

  save(robot: AppRobot): void {
    this.#journal.commit<AppRobotSaved>({ kind: "appRobot", robot });
  }

  /** Takes the robot off every stage, too. */
  remove({ clientId, code }: Pick<AppRobot, "clientId" | "code">): void {
    for (const { id, action } of this.rules()) {
      if (action.kind === "application" && action.clientId === clientId && action.code === code) {
        this.removeRule(id);
      }
    }
    this.#journal.commit<AppRobotGone>({ kind: "appRobotGone", clientId, code });
  }

  removeOf(clientId: string): void {
    for (const robot of this.of(clientId)) this.remove(robot);
  }

  rules(): RobotRule[] {
    return [...this.#rules.values()];
  }

  addRule(rule: Omit<RobotRule, "id">): RobotRule {
    const saved = { id: this.#lastRule + 1, ...rule };
    this.#journal.commit<RuleSaved>({ kind: "robotRule", rule: saved });
    return saved;
  }

  /** False where there is none. */
  removeRule(id: number): boolean {
    if (!this.#rules.has(id)) return false;
    this.#journal.commit<RuleGone>({ kind: "robotRuleGone", id });
    return true;
  }

  runs(): RobotRun[] {
    return [...this.#runs.values()];
  }

  run(eventToken: string): RobotRun | undefined {
    return this.#runs.get(eventToken);
  }

  saveRun(run: RobotRun): void {
    this.#journal.commit<RunSaved>({ kind: "robotRun", run });
  }
}

const keyOf = ({ clientId, code }: Pick<AppRobot, "clientId" | "code">) => `${clientId} ${code}`;
