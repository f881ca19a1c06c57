import "./menus.js";
import "./tabs.js";
import "./applications.js";
import "./copy.js";
