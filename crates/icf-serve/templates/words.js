"use strict";

// Both languages stand side by side in the scripts, as they do in the pages.
const lang = (english, chinese) => (document.documentElement.lang === "zh" ? chinese : english);
