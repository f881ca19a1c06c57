type Engine = typeof import("./echarts.ts");

/** ECharts' code, which comes with the first drawing of a page. */
export const engine = {
  /** Whether it has come: charts are drawn at once from then on. */
  here: false,

  async load(): Promise<Engine> {
    const loaded = await import("./echarts.ts");
    this.here = true;
    return loaded;
  },
};
