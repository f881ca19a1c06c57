import { type Preview, setCustomElementsManifest } from "@storybook/web-components-vite";
import manifest from "../packages/elements/custom-elements.json" with { type: "json" };

setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ["autodocs"],
  globalTypes: {
    locale: {
      description: "Language of the elements",
      toolbar: {
        icon: "globe",
        dynamicTitle: true,
        items: [
          { value: "ru", title: "Русский" },
          { value: "en", title: "English" },
        ],
      },
    },
    theme: {
      description: "Theme of the elements",
      toolbar: {
        icon: "mirror",
        dynamicTitle: true,
        items: [
          { value: "light", title: "Light" },
          { value: "dark", title: "Dark" },
        ],
      },
    },
  },
  initialGlobals: { locale: "ru", theme: "light" },
  decorators: [
    (story, { globals }) => {
      // As a page would: its language and color-scheme are what elements follow where no provider says otherwise.
      const { documentElement: page, body } = document;
      page.lang = globals.locale;
      page.style.colorScheme = globals.theme;
      body.style.background = globals.theme === "dark" ? "#171717" : "#f1f4f6";
      return story();
    },
  ],
  parameters: {
    a11y: { test: "error" },
    options: { storySort: { order: ["Provider", "Sync", "Charts"] } },
  },
};

export default preview;
