// A module of its own, so that a page loads the decoder with its first rows, and nothing of the library but that.
export { tableFromIPC } from "@uwdata/flechette";
