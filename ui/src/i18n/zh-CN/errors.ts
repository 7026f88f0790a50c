/** One entry per code of the façade that deserves its own words: what happened, what is safe, what to do. */
export default {
  unexpected: {
    title: "这一步没有做成",
    safe: "原来的数据都在。",
    todo: "可以再试一次；如果还是不行，关掉程序再打开。",
  },
  no_space: {
    title: "没有存上",
    safe: "磁盘空间不够，原来的数据都在。",
    todo: "腾出一些空间后再试。",
  },
  io: {
    title: "没有存上",
    safe: "磁盘没有写成，原来的数据都在。",
    todo: "看看磁盘是否可写，再试一次。",
  },
  folder_not_empty: {
    title: "这个文件夹里已经有东西",
    safe: "没有写出任何内容，里面的东西没有动。",
    todo: "选一个空文件夹，或换一个新的名字。",
  },
  anchor_refused: {
    title: "这个答复没有收下",
    safe: "它不是时间戳答复，或者不是对这里写出的请求的答复。没有存下任何内容。",
    todo: "请机构按这里写出的请求文件重新答复。",
  },
  locked: {
    title: "账本已上锁",
    safe: "数据没有变化。",
    todo: "打开账本后再做这一步。",
  },
  wrong_secret: {
    title: "密码短语不对",
    safe: "数据没有变化。",
    todo: "可以再试。",
  },
  recovery_code_mistyped: {
    title: "恢复码有一处对不上",
    safe: "数据没有变化。",
    todo: "和抄下的那一份逐组核对，再试一次。",
  },
  passphrase_too_short: {
    title: "密码短语太短",
    safe: "什么都没有改。",
    todo: "至少 8 个字，几个不相干的词最好记。",
  },
  vault_in_use: {
    title: "账本正被另一个程序打开",
    safe: "数据没有变化。",
    todo: "先关掉另一个 Ashore 窗口或命令行，再试。",
  },
  vault_exists: {
    title: "这台设备上已有账本",
    safe: "原来的账本没有变化。",
    todo: "用原来的密码短语打开它。",
  },
  header_damaged: {
    title: "钥匙文件读不出来",
    safe: "数据文件没有变化。",
    todo: "请从备份恢复。恢复之前不要删除任何文件。",
  },
  header_too_weak: {
    title: "钥匙文件的加密强度低于下限，没有打开",
    safe: "数据没有变化。",
    todo: "文件可能被改过，请从备份恢复。",
  },
  database_damaged: {
    title: "账本有一处损坏",
    safe: "为了不扩大损坏，没有打开，也没有写入。",
    todo: "请从备份恢复到一个新的文件夹。",
  },
  newer_schema: {
    title: "这个账本由更新的版本写成",
    safe: "没有打开，数据没有变化。",
    todo: "装上新版本后再打开。",
  },
  chain_broken: {
    title: "记录的前后连接有一处对不上",
    safe: "没有改动任何记录。",
    todo: "到“我的”里核验记录，看是哪一条。",
  },
  not_found: {
    title: "没有找到这一条",
    safe: "其他数据都在。",
    todo: "它可能已经更正或移走，返回列表看看。",
  },
  file_unreadable: {
    title: "文件没有读完",
    safe: "什么都没有存入。",
    todo: "文件可能刚被改动或移走，请重新选择。",
  },
  not_notified: {
    title: "系统没有收下通知",
    safe: "提醒没有丢，打开 Ashore 就能看到。",
    todo: "检查系统的通知设置，或者导出日历文件到手机。",
  },
  file_too_large: {
    title: "文件太大",
    safe: "什么都没有存入。",
    todo: "换一个小一些的文件，或拆成几份。",
  },
  attachment_damaged: {
    title: "这个附件有损坏",
    safe: "其他记录没有变化。",
    todo: "如果有备份，可以从备份取回。",
  },
  backup_damaged: {
    title: "这份备份不完整",
    safe: "账本没有变化，什么都没有放下。",
    todo: "换一份备份再试。",
  },
  no_plan: {
    title: "这样的条件下排不出来",
    safe: "什么都没有存。",
    todo: "把每月拿出的数、期限或限制放宽一些，再试。",
  },
  channel_unfit: {
    title: "这个渠道不合适这笔借款",
    safe: "什么都没有写出，内容都在。",
    todo: "返回投诉渠道那一页，换一个渠道。",
  },
  font_missing: {
    title: "没有找到中文字体，没有写出文件",
    safe: "一份带空洞的文书不会写出来。内容都在。",
    todo: "装上一款中文字体，例如思源宋体，再试。",
  },
  glyph_missing: {
    title: "有一个字，装着的字体里都没有",
    safe: "一份带空洞的文书不会写出来。内容都在。",
    todo: "换一种写法，或装上更全的中文字体，再试。",
  },
  document_refused: {
    title: "这份文书没有排成",
    safe: "没有写出文件，内容都在。",
    todo: "改短最近改过的那一段，再试。",
  },
  cancelled: {
    title: "已停下",
    safe: "没有留下做了一半的东西，原来的数据都在。",
    todo: "需要的话可以重新开始。",
  },
  nothing_owed: {
    title: "没有可以提出的请求",
    safe: "什么都没有存。",
    todo: "这样排，每家都照合同还，或者已经没有欠款。换一个数再看。",
  },
  bad_request: {
    title: "这一步没有做成",
    safe: "原来的数据都在。",
    todo: "请核对填写的内容，再试一次。",
  },
  rules_unreadable: {
    title: "规则有一处读不出来",
    safe: "原来的数据都在，没有按错的规则算。",
    todo: "到“规则与来源”看看自己改过的规则，改回程序自带的再试。",
  },
  no_vault: {
    title: "这里没有账本",
    safe: "没有改动任何文件。",
    todo: "看看账本是否移走了，或从备份恢复。",
  },
};
