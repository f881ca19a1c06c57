import { type CSSResult, css } from "lit";

export const signInStyles: CSSResult = css`
  .card {
    max-inline-size: 420px;
    margin-inline: auto;
  }
  form {
    display: grid;
    gap: 16px;
    padding: 0 16px 16px;
  }
  .lead {
    padding: 0 16px 16px;
  }
  .reason {
    margin: 0 16px 16px;
  }
  .button.quiet {
    justify-self: center;
  }
  @container b24-panel (min-width: 380px) {
    form,
    .lead {
      padding-inline: 24px;
    }
    .reason {
      margin-inline: 24px;
    }
    form {
      padding-block-end: 24px;
    }
  }
`;
