export { ClientController } from "./client-controller.ts";
export { clientContext, localeContext, portalContext, type Theme, themeContext } from "./contexts.ts";
export { copyField } from "./copy-field.ts";
export { Renewal } from "./data/renewal.ts";
export { define } from "./define.ts";
export { B24Element } from "./element.ts";
export { type ErrorText, type ErrorTexts, errorTexts } from "./errors/error-texts.ts";
export { type Failure, toFailure } from "./errors/failure.ts";
export { B24Event, FactEvent, RequestEvent } from "./events.ts";
export { failureNote, failureWords } from "./failure-note.ts";
export { type IconName, icons } from "./icons.ts";
export { LiveFeed } from "./live-feed.ts";
export { Formats } from "./locale/formats.ts";
export { type Language, type Locale, languages, type Texts, toLanguage } from "./locale/locale.ts";
export { LocaleController } from "./locale/locale-controller.ts";
export { counted, plural } from "./locale/plural.ts";
export { type CoreMessages, coreTexts } from "./messages.ts";
export { panelStyles } from "./panel.styles.ts";
export { progressStyles } from "./progress.styles.ts";
export {
  emptyView,
  failureMessage,
  failureView,
  loadingNote,
  type StateMessage,
  staleStrip,
  stateView,
} from "./state-view.ts";
export { type TextField, textField } from "./text-field.ts";
export { COLOURS, type ColourName, MEASURES } from "./tokens.ts";
