{
  const s = document.currentScript;
  import(s ? new URL("b24.module.js", s.src).href : "./b24.module.js");
}
