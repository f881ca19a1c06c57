import { expect } from "@open-wc/testing";
import { waitUntil } from "../../../../../test/wait-until.ts";
import { openFrame, type PortalFrame } from "./frame.ts";

type Page = Window & { openFrame: typeof openFrame };

const MODULE = new URL("./frame.ts", import.meta.url).pathname;
// Messages carry the window whose script sent them, so the application's script runs in its own.
const APPLICATION = `<!doctype html><body><script type="module">
import { openFrame } from "${MODULE}";
window.openFrame = openFrame;
</script></body>`;

interface Said {
  command: string;
  params: unknown;
  key: string;
  id: string;
}

/** This page plays the portal; an iframe of its own origin plays the application. */
class ScriptedPortal {
  readonly said: Said[] = [];
  readonly answers: Record<string, unknown> = {};
  readonly iframe = document.createElement("iframe");

  static async open(name = `${location.host}|0|sid17`): Promise<ScriptedPortal> {
    const portal = new ScriptedPortal();
    portal.iframe.name = name;
    portal.iframe.srcdoc = APPLICATION;
    document.body.append(portal.iframe);
    addEventListener("message", portal.#hear);
    await waitUntil(() => portal.page.openFrame);
    return portal;
  }

  get page(): Page {
    return this.iframe.contentWindow as Page;
  }

  #hear = ({ data, source }: MessageEvent): void => {
    if (source !== this.page || typeof data !== "string") return;
    const parts = data.split(":");
    const [key, id] = parts.slice(-2) as [string, string];
    const text = parts.slice(1, -2).join(":");
    const command = parts[0]!;
    this.said.push({ command, params: text ? JSON.parse(text) : undefined, key, id });
    if (command in this.answers) this.reply(key, JSON.stringify(this.answers[command]) ?? "");
  };

  reply(key: string, text: string): void {
    this.page.postMessage(`${key}:${text}`, "*");
  }

  frame(): PortalFrame {
    return this.page.openFrame()!;
  }

  heard(command: string): Said | undefined {
    return this.said.findLast((one) => one.command === command);
  }

  close(): void {
    removeEventListener("message", this.#hear);
    this.iframe.remove();
  }
}

const INIT = {
  AUTH_ID: "token-1",
  REFRESH_ID: "never-kept",
  AUTH_EXPIRES: "3600",
  DOMAIN: "romashka.bitrix24.ru",
  PROTOCOL: 1,
  LANG: "ru",
  MEMBER_ID: "a1b2",
  IS_ADMIN: true,
  PLACEMENT: "CRM_DEAL_DETAIL_TAB",
  PLACEMENT_OPTIONS: { ID: "17" },
  INSTALL: false,
  FIRST_RUN: false,
};

describe("the portal around a page", () => {
  let portal: ScriptedPortal;
  beforeEach(async () => {
    portal = await ScriptedPortal.open();
  });
  afterEach(() => portal.close());

  it("is absent where the page was not opened by one", async () => {
    expect(openFrame(window)).to.equal(undefined);
    for (const name of ["", "frame", "a.example|2|sid", "a.example|1|", "a/b|1|sid", "|1|sid", "a|1|s:d"]) {
      const other = await ScriptedPortal.open(name);
      expect(other.page.openFrame(), name).to.equal(undefined);
      other.close();
    }
  });

  it("is one conversation, with the origin as the browser writes it", async () => {
    expect(portal.frame()).to.equal(portal.frame());
    const secure = await ScriptedPortal.open("romashka.bitrix24.ru:443|1|sid");
    expect(secure.frame().origin).to.equal("https://romashka.bitrix24.ru");
    secure.close();
  });

  it("tells where the page stands and for whom, once, and keeps no refresh token", async () => {
    portal.answers.getInitData = INIT;
    const frame = portal.frame();
    const [data, again] = await Promise.all([frame.data(), frame.data()]);
    expect(again).to.equal(data);
    expect(portal.said.map(({ command, params, id }) => [command, params, id])).to.deep.equal([
      ["getInitData", undefined, "sid17"],
    ]);
    expect(data).to.include({
      domain: "romashka.bitrix24.ru",
      memberId: "a1b2",
      language: "ru",
      isAdmin: true,
      placement: "CRM_DEAL_DETAIL_TAB",
      installs: false,
    });
    expect(data.options).to.deep.equal({ ID: "17" });
    expect(data.auth.accessToken).to.equal("token-1");
    expect(data.auth.expiresAt - Date.now()).to.be.within(3_590_000, 3_600_000);
    expect(JSON.stringify(data)).not.to.include("never-kept");
  });

  it("marks the installation as begun on the first run, as the portal's SDK does", async () => {
    portal.answers.getInitData = { ...INIT, INSTALL: true, FIRST_RUN: true, PLACEMENT_OPTIONS: [] };
    const data = await portal.frame().data();
    expect([data.installs, data.options]).to.deep.equal([true, {}]);
    await waitUntil(() => portal.heard("setInstall"));
    expect(portal.heard("setInstall")?.params).to.deep.equal({ install: true });
  });

  it("gives another token when asked, and an error where it gives none", async () => {
    portal.answers.refreshAuth = { AUTH_ID: "token-2", REFRESH_ID: "r", AUTH_EXPIRES: 1800 };
    expect((await portal.frame().refreshAuth()).accessToken).to.equal("token-2");
    portal.answers.refreshAuth = false;
    const refused = await portal
      .frame()
      .refreshAuth()
      .catch((error: Error) => error.message);
    expect(refused).to.equal("The portal gave no access token");
  });

  it("hears only the portal's own window and only what it asked for", async () => {
    const frame = portal.frame();
    let answered = false;
    const asked = frame.openPath("/crm/deal/details/17/").then(() => {
      answered = true;
    });
    await waitUntil(() => portal.heard("openPath"));
    const { key, params } = portal.heard("openPath")!;
    expect(params).to.deep.equal({ path: "/crm/deal/details/17/" });
    // The same words from a neighbour's window, another key, and things that are no messages of the protocol.
    const neighbour = await ScriptedPortal.open("neighbour");
    (neighbour.page as unknown as { eval(code: string): void }).eval(
      `parent.frames["${portal.iframe.name}"].postMessage(${JSON.stringify(`${key}:"forged"`)}, "*")`,
    );
    portal.reply("other", "1");
    portal.page.postMessage({ key }, "*");
    portal.page.postMessage("", "*");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(answered).to.equal(false);
    neighbour.close();
    portal.reply(key, '{"result":"close"}');
    await asked;
  });

  it("says why a path was not opened", async () => {
    portal.answers.openPath = { result: "error", errorCode: "PATH_NOT_AVAILABLE" };
    expect(await portal.frame().openPath("https://evil.example")).to.deep.equal({
      error: "PATH_NOT_AVAILABLE",
    });
  });

  it("speaks to nobody but the portal it names", async () => {
    const foreign = await ScriptedPortal.open("other.bitrix24.ru|1|sid");
    foreign.frame().setTitle("secret");
    foreign.frame().installFinish();
    portal.frame().setTitle("12:30, it's fine");
    await waitUntil(() => portal.heard("setTitle"));
    expect(portal.heard("setTitle")?.params).to.deep.equal({ title: "12:30, it's fine" });
    expect(foreign.said).to.deep.equal([]);
    foreign.close();
  });

  it("keeps the frame as high as its content, and stops", async () => {
    const { document: inner } = portal.page;
    const block = inner.createElement("div");
    block.style.height = "700px";
    inner.body.style.margin = "0";
    inner.body.append(block);
    const stop = portal.frame().fitContent();
    const height = () => (portal.heard("resizeWindow")?.params as { height: number } | undefined)?.height;
    await waitUntil(() => height() === 700);
    expect(portal.heard("resizeWindow")?.params).to.deep.equal({ width: "100%", height: 700 });
    block.style.height = "240.4px";
    await waitUntil(() => height() === 241);
    stop();
    block.style.height = "900px";
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(height()).to.equal(241);
  });

  it("closes the application, and ends", async () => {
    const frame = portal.frame();
    frame.closeApplication();
    await waitUntil(() => portal.heard("closeApplication"));
    frame.close();
    portal.answers.getInitData = INIT;
    let answered = false;
    void frame.data().then(() => {
      answered = true;
    });
    await waitUntil(() => portal.heard("getInitData"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).to.equal(false);
  });
});
