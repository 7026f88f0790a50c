export default {
  unexpected: {
    title: "This step did not go through",
    safe: "Everything recorded before is there.",
    todo: "Try again; if it still fails, close the program and open it anew.",
  },
  no_space: {
    title: "Not saved",
    safe: "The disk is full; everything recorded before is there.",
    todo: "Free some space and try again.",
  },
  io: {
    title: "Not saved",
    safe: "The disk did not take it; everything recorded before is there.",
    todo: "Check that the disk can be written, then try again.",
  },
  folder_not_empty: {
    title: "There is something in this folder already",
    safe: "Nothing was written and nothing in it was touched.",
    todo: "Choose an empty folder or a new name.",
  },
  anchor_refused: {
    title: "This response was not kept",
    safe: "It is no timestamp response, or it answers another request. Nothing was stored.",
    todo: "Ask the authority again with the request file written here.",
  },
  locked: {
    title: "The vault is locked",
    safe: "The data is unchanged.",
    todo: "Open the vault, then do this again.",
  },
  wrong_secret: {
    title: "The passphrase does not fit",
    safe: "The data is unchanged.",
    todo: "You can try again.",
  },
  recovery_code_mistyped: {
    title: "One place in the recovery code does not fit",
    safe: "The data is unchanged.",
    todo: "Compare it group by group with what you wrote down.",
  },
  passphrase_too_short: {
    title: "The passphrase is too short",
    safe: "Nothing was changed.",
    todo: "Use at least 8 characters; a few unrelated words are easy to remember.",
  },
  vault_in_use: {
    title: "Another program has this vault open",
    safe: "The data is unchanged.",
    todo: "Close the other Ashore window or command line, then try again.",
  },
  vault_exists: {
    title: "There is already a vault on this device",
    safe: "It is unchanged.",
    todo: "Open it with its own passphrase.",
  },
  header_damaged: {
    title: "The key file cannot be read",
    safe: "The data files are unchanged.",
    todo: "Restore from a backup. Delete nothing before that.",
  },
  header_too_weak: {
    title: "The key file asks for weaker encryption than the floor, so it was not opened",
    safe: "The data is unchanged.",
    todo: "The file may have been altered; restore from a backup.",
  },
  database_damaged: {
    title: "Part of the vault is damaged",
    safe: "It was neither opened nor written, so that the damage does not grow.",
    todo: "Restore a backup into a new folder.",
  },
  newer_schema: {
    title: "A newer version wrote this vault",
    safe: "It was not opened and is unchanged.",
    todo: "Install that version, then open it.",
  },
  chain_broken: {
    title: "The records do not join up in one place",
    safe: "No record was changed.",
    todo: "Check the records under Me to see which one.",
  },
  not_found: {
    title: "This entry was not found",
    safe: "Everything else is there.",
    todo: "It may have been corrected or moved; go back to the list.",
  },
  file_unreadable: {
    title: "The file could not be read to its end",
    safe: "Nothing of it was stored.",
    todo: "It may have changed or moved just now; choose it again.",
  },
  not_notified: {
    title: "The system took no notification",
    safe: "The reminder is kept and shown in Ashore.",
    todo: "Look at the system's notification settings, or export the calendar file for your phone.",
  },
  file_too_large: {
    title: "The file is too large",
    safe: "Nothing of it was stored.",
    todo: "Use a smaller file, or split it.",
  },
  attachment_damaged: {
    title: "This attachment is damaged",
    safe: "The other records are unchanged.",
    todo: "If you have a backup, take it from there.",
  },
  backup_damaged: {
    title: "This backup is not whole",
    safe: "The vault is unchanged, and nothing was placed.",
    todo: "Try another backup.",
  },
  no_plan: {
    title: "There is no plan within these limits",
    safe: "Nothing was stored.",
    todo: "Allow more a month, a longer time or fewer limits, and try again.",
  },
  channel_unfit: {
    title: "This channel does not fit this loan",
    safe: "Nothing was written out; all you typed is there.",
    todo: "Go back to the complaint channels and choose another one.",
  },
  font_missing: {
    title: "No Chinese font was found, so no file was written",
    safe: "A letter is never printed with holes. All you typed is there.",
    todo: "Install a Chinese font, such as Source Han Serif, and try again.",
  },
  glyph_missing: {
    title: "One character is in none of the fonts installed",
    safe: "A letter is never printed with holes. All you typed is there.",
    todo: "Write it another way, or install a fuller Chinese font, and try again.",
  },
  document_refused: {
    title: "This letter could not be typeset",
    safe: "No file was written; all you typed is there.",
    todo: "Shorten the part you changed last, and try again.",
  },
  cancelled: {
    title: "Stopped",
    safe: "Nothing half-done was left; what was there before is there.",
    todo: "Begin again if you want to.",
  },
  nothing_owed: {
    title: "There is nothing to ask for",
    safe: "Nothing was stored.",
    todo: "This way every contract is kept, or nothing is owed any more. Try another figure.",
  },
  bad_request: {
    title: "This step was not done",
    safe: "What was there before is there.",
    todo: "Please check what you typed and try again.",
  },
  rules_unreadable: {
    title: "One of the rules cannot be read",
    safe: "What was there before is there, and nothing was worked out by a wrong rule.",
    todo: "Look at the rules you changed yourself, give them back to the program, and try again.",
  },
  no_vault: {
    title: "There is no vault here",
    safe: "No file was changed.",
    todo: "See whether the vault was moved, or restore a backup.",
  },
};
