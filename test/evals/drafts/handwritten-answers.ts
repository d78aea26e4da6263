/** A sentence and the quotes it rests on. */
export type Said = readonly [string, string, ...string[]];

export interface Handwritten {
  readonly document: string;
  /** How the heading above the passage begins. */
  readonly heading: string;
  readonly question: string;
  /** English unless said. */
  readonly language?: string;
  readonly says: readonly Said[];
  /** Each with a true quote, and false all the same. */
  readonly lies: readonly Said[];
}

/** Written from the documents alone. */
export const handwritten: readonly Handwritten[] = [
  {
    document: 'network/vpn-keeps-dropping.md',
    heading: 'My VPN keeps dropping',
    question: 'the vpn kicks me out every 20 minutes or so',
    says: [
      [
        'Click the heron and look under About: you should be on version 4.6.2 or later.',
        'Click the heron, then **About**. You want version **4.6.2 or newer**.',
      ],
      [
        'The 4.5.x versions are known to drop roughly every 20 minutes.',
        'Versions 4.5.x drop every 20 minutes or so, and that is a known fault.',
      ],
      [
        'If it still drops, go to Settings > Advanced > Transport and switch from UDP to TCP.',
        'Switch the connection type: **Settings**, **Advanced**, **Transport**, and change *UDP* to *TCP*.',
      ],
    ],
    lies: [
      [
        'Go to Settings > Advanced > Transport and switch from TCP to UDP.',
        'Switch the connection type: **Settings**, **Advanced**, **Transport**, and change *UDP* to *TCP*.',
      ],
      [
        'Version 4.6.2 is the one with the known fault.',
        'You want version **4.6.2 or newer**.',
        'Versions 4.5.x drop every 20 minutes or so, and that is a known fault.',
      ],
      ['TCP is faster, so use it everywhere.', 'This is slower but survives hotel, train and some broadband routers.'],
    ],
  },
  {
    document: 'network/vpn-keeps-dropping.md',
    heading: 'What the error codes mean',
    question: 'vpn says ERR-VPN-812, what does it mean?',
    says: [
      [
        '`ERR-VPN-812` means that your session has expired.',
        '| `ERR-VPN-812` | Your session has expired | Disconnect, then **Sign in**, not **Resume** |',
      ],
      ['Disconnect and then use Sign in rather than Resume.', 'Disconnect, then **Sign in**, not **Resume**'],
    ],
    lies: [
      [
        '`ERR-VPN-812` means that your laptop is not compliant.',
        '| `ERR-VPN-812` | Your session has expired |',
        "| `ERR-VPN-820` | Laptop isn't compliant |",
      ],
      ['Disconnect and then use Resume, not Sign in.', 'Disconnect, then **Sign in**, not **Resume**'],
    ],
  },
  {
    document: 'network/vpn-set-up.md',
    heading: 'Install it on Windows',
    question: 'how do I get the vpn onto my new windows laptop',
    says: [
      [
        'Open Company Portal from the Start menu, search for `Brindlow Connect` and choose Install.',
        'Open **Company Portal** from the Start menu.',
        'Search for `Brindlow Connect` and choose **Install**.',
      ],
      [
        'The installation takes around two minutes, and you do not have to restart.',
        'It takes about two minutes and does not need a restart.',
      ],
      [
        'Then click the grey heron near the clock, sign in with your usual e-mail address and password, and approve the prompt on your phone.',
        'Click the grey heron icon near the clock.',
        'Choose **Sign in**, use your normal e-mail address and password, and approve the prompt on your phone.',
      ],
      ['Keep the gateway on Automatic.', 'Leave the gateway on **Automatic**.'],
    ],
    lies: [
      [
        'Restart the laptop when the installation has finished.',
        'It takes about two minutes and does not need a restart.',
      ],
      ['You are connected when the heron is grey.', 'The heron turns green when you are connected.'],
      ['Set the gateway to Leeds instead of Automatic.', 'Leave the gateway on **Automatic**.'],
    ],
  },
  {
    document: 'network/vpn-set-up.md',
    heading: 'Questions we get every week',
    question: 'do I need to turn on the vpn for outlook?',
    says: [
      [
        "No, Outlook doesn't need the VPN, and the VPN will not help if it isn't working.",
        "**Do I need it for Slack, Outlook or Jira?** No. If one of those doesn't work, the VPN won't help.",
      ],
    ],
    lies: [
      ['Yes, turn the VPN on before you open Outlook.', '**Do I need it for Slack, Outlook or Jira?** No.'],
      [
        'All of your private browsing goes through the VPN.',
        'Only traffic for `brindlow.example` goes through the tunnel.',
      ],
    ],
  },
  {
    document: 'network/wifi-office.md',
    heading: 'It asks for a password',
    question: 'staff wifi wants a user name and password??',
    says: [
      ['Connect with a cable or a phone hotspot first.', 'Plug in with a cable, or use a phone hotspot.'],
      [
        'Then open Company Portal and choose Check status on Windows or Check device on a Mac; the new certificate arrives within ten minutes.',
        'Open **Company Portal** and choose **Check status** (Windows) or **Check device** (Mac). A new certificate comes down within ten minutes.',
      ],
      ['After that, forget the network and join it again.', 'Forget the network, then join again.'],
    ],
    lies: [
      [
        'Ask reception for the password of the staff network.',
        'If it still fails, check [the date and time](https://wiki.brindlow.example/it/clock-and-time-zone).',
      ],
      [
        'Choose Check device on Windows or Check status on a Mac.',
        'choose **Check status** (Windows) or **Check device** (Mac)',
      ],
      ['The new certificate arrives overnight.', 'A new certificate comes down within ten minutes.'],
    ],
  },
  {
    document: 'network/wifi-guest.md',
    heading: 'Getting a code for a visitor',
    question: 'I have a customer visiting tomorrow, how does she get online?',
    says: [
      [
        'Put her in the visitor book before she comes, on the tablet at the front desk or with the form on the reception page.',
        'Add the visitor to the visitor book (the tablet at the front desk, or the form on the reception page) before they come.',
      ],
      [
        'Reception prints a slip with a code when she signs in.',
        'The receptionist prints a slip with a code when the visitor signs in.',
      ],
      [
        'She then joins Brindlow-Guest and types the code on the sign-in page.',
        'The visitor joins **Brindlow-Guest**, waits for the sign-in page and types the code.',
      ],
      [
        'The code is good for one day and for as many as three devices.',
        'A code works for one day and up to three devices.',
      ],
    ],
    lies: [
      [
        'IT gives you the code if you ask in #it-help.',
        "Reception in each office gives out codes. IT doesn't hold them and can't look them up.",
      ],
      ['The code works for three days on one device.', 'A code works for one day and up to three devices.'],
      [
        'A group code lasts one day and must be asked for five working days ahead.',
        'ask reception for a *group code* at least one working day ahead. That one lasts up to five days.',
      ],
    ],
  },
  {
    document: 'network/wifi-home.md',
    heading: 'Will the company pay',
    question: 'can I expense a mesh router for home?',
    says: [
      [
        'No, the company does not pay for mesh systems or routers.',
        'We do not pay for broadband, mesh systems or routers.',
      ],
      [
        "With your manager's approval you can claim a cable or a simple range extender of up to £40 / €45.",
        "You may claim a cable or a simple range extender up to £40 / €45 through expenses with your manager's approval.",
      ],
    ],
    lies: [
      [
        "Yes, with your manager's approval you can claim a mesh system up to £40.",
        "You may claim a cable or a simple range extender up to £40 / €45 through expenses with your manager's approval.",
      ],
      [
        'You can claim a range extender without any approval.',
        "You may claim a cable or a simple range extender up to £40 / €45 through expenses with your manager's approval.",
      ],
    ],
  },
  {
    document: 'network/vpn-linux.md',
    heading: "Names don't resolve",
    question: 'ubuntu: connected to vpn but internal hostnames do not resolve',
    says: [
      [
        'Check the DNS with `resolvectl status tun0`; it should show `DNS Domain: ~brindlow.example`.',
        'resolvectl status tun0',
        'You should see `DNS Domain: ~brindlow.example`.',
      ],
      [
        "If it doesn't, run `sudo resolvectl domain tun0 '~brindlow.example'`.",
        "sudo resolvectl domain tun0 '~brindlow.example'",
      ],
      ['Then run `sudo resolvectl dns tun0 10.40.0.53`.', 'sudo resolvectl dns tun0 10.40.0.53'],
    ],
    lies: [
      ['Run `sudo resolvectl dns tun0 10.40.0.35`.', 'sudo resolvectl dns tun0 10.40.0.53'],
      ['Run `sudo resolvectl revert tun0`.', 'resolvectl status tun0'],
      ["Run `sudo resolvectl domain tun0 '~.'`.", "sudo resolvectl domain tun0 '~brindlow.example'"],
    ],
  },
  {
    document: 'network/remote-desktop.md',
    heading: 'Connecting from Windows',
    question: 'how do I log on to the calibration pc from home (windows)',
    says: [
      [
        'Connect the VPN first, with the gateway of the office where the PC stands.',
        'Connect the VPN first and choose the gateway for the office where the PC is.',
      ],
      ['Press the Windows key, type `mstsc` and press Enter.', 'Press the Windows key, type `mstsc` and press Enter.'],
      [
        'Enter the full computer name, for example `LEE-CAL-03.lab.brindlow.example`.',
        'Computer: the full name, for instance `LEE-CAL-03.lab.brindlow.example`.',
      ],
      [
        'As user name, use your e-mail address with `AzureAD\\` before it.',
        'User name: your e-mail address, with `AzureAD\\` in front of it.',
      ],
      [
        'Never shut the remote PC down; locking it is fine.',
        'Locking the remote PC is fine. **Never choose Shut down**: somebody has to walk over and press the button.',
      ],
    ],
    lies: [
      [
        'When you are finished, shut the remote PC down.',
        '**Never choose Shut down**: somebody has to walk over and press the button.',
      ],
      [
        'Connect the VPN after you have opened `mstsc`.',
        'Connect the VPN first and choose the gateway for the office where the PC is.',
      ],
      [
        'The short name `LEE-CAL-03` is enough.',
        'Computer: the full name, for instance `LEE-CAL-03.lab.brindlow.example`.',
      ],
    ],
  },
  {
    document: 'access/crm-access.md',
    heading: 'Exporting contacts',
    question: 'can I export all my contacts from salesforce',
    says: [
      ['You can export as many as 500 lines.', 'You can export up to 500 lines.'],
      [
        'For more you need a reason and the approval of the data protection lead.',
        'More needs a reason and approval from the data protection lead.',
      ],
      [
        'Exports are logged, and you should not leave them on your desktop.',
        "It is logged. Don't keep exports on your desktop.",
      ],
    ],
    lies: [
      [
        'For more you need the approval of your manager.',
        'More needs a reason and approval from the data protection lead.',
      ],
      ['Exports are not logged.', 'It is logged.'],
      ['Keep the exports on your desktop.', "Don't keep exports on your desktop."],
    ],
  },
  {
    document: 'access/finance-system.md',
    heading: 'How to request access',
    question: 'I need northledger, what do I do and how long does it take?',
    says: [
      ['Raise an Access request and choose Northledger.', 'Raise **Access request** and choose *Northledger*.'],
      [
        'Say which role, cost centre and company (UK, PT or NL) you need.',
        'State the role, the cost centre and the company (UK, PT or NL).',
      ],
      [
        'The financial controller has to approve it, which takes three working days, or five around the end of the month.',
        'The financial controller approves. Please allow **three working days**, and five around month end.',
      ],
      [
        'You also have to pass a 15-minute course in the learning portal before your account is opened.',
        'Complete the 15-minute course in the learning portal. Your account is opened when you have passed.',
      ],
    ],
    lies: [
      [
        'Around the end of the month it takes three working days.',
        'Please allow **three working days**, and five around month end.',
      ],
      ['IT approves the request.', 'The financial controller approves.'],
      ['You can take the course after your account has been opened.', 'Your account is opened when you have passed.'],
    ],
  },
  {
    document: 'access/github-access.md',
    heading: 'remote: Repository not found',
    question: 'git push gives me 403',
    says: [
      [
        'Your key or token probably lacks the SSO step.',
        'Nearly always the SSO step is missing from your key or token.',
      ],
      [
        'In GitHub, go to Settings > SSH and GPG keys.',
        'GitHub, **Settings**, **SSH and GPG keys** (or **Developer settings**, **Tokens**).',
      ],
      [
        'Next to the key, choose Configure SSO and then Authorise for `brindlow-eng`.',
        'Beside the key choose **Configure SSO**, then **Authorise** for `brindlow-eng`.',
      ],
      ['Test it with `ssh -T git@github.com`.', 'ssh -T git@github.com'],
    ],
    lies: [
      [
        'Choose Authorise for `brindlow-it`.',
        'Beside the key choose **Configure SSO**, then **Authorise** for `brindlow-eng`.',
      ],
      ['Test it with `ssh -T git@gitlab.com`.', 'ssh -T git@github.com'],
      [
        'Delete the key and create a classic token without an end date.',
        'Nearly always the SSO step is missing from your key or token.',
      ],
    ],
  },
  {
    document: 'access/jira-access.md',
    heading: 'Do I need an account?',
    question: 'do I need jira to send a ticket to IT',
    says: [
      [
        "No, you don't need a Jira account to raise a ticket with IT.",
        'To **raise a ticket with IT** you need no Jira account.',
      ],
      [
        'Use https://help.brindlow.example and sign in with your work address.',
        'Use https://help.brindlow.example and sign in with your work address.',
      ],
    ],
    lies: [
      [
        'Yes, you need a Jira account to raise a ticket with IT.',
        'To **raise a ticket with IT** you need no Jira account.',
      ],
      ['Sign in with your private address.', 'Use https://help.brindlow.example and sign in with your work address.'],
    ],
  },
  {
    document: 'access/share-outside.md',
    heading: 'Send a link',
    question: 'how long can a onedrive link to a customer stay valid?',
    says: [
      [
        'A link lasts 30 days by default, and you can set the expiry date to 180 days at most.',
        'Set an **expiry date**; 30 days is the default and 180 the limit.',
      ],
    ],
    lies: [
      ['A link lasts 180 days by default.', 'Set an **expiry date**; 30 days is the default and 180 the limit.'],
      [
        'You can also choose "Anyone with the link".',
        "*Anyone with the link* is switched off, and we don't switch it on.",
      ],
      [
        'The customer needs an account to open it.',
        'They get a code by e-mail each time they open it. They need no account.',
      ],
    ],
  },
  {
    document: 'access/shared-drives.md',
    heading: 'Connect the shared drive',
    question: 'my S drive is gone (windows)',
    says: [
      ['First make sure that you are in an office or on the VPN.', 'You must be in an office or on the VPN.'],
      [
        'Then open Command Prompt and run `net use S: \\\\files.brindlow.example\\shared /persistent:yes`.',
        'If it is missing, open Command Prompt and run:',
        'net use S: \\\\files.brindlow.example\\shared /persistent:yes',
      ],
    ],
    lies: [
      ['Run `net use S: /delete` in Command Prompt.', 'net use S: \\\\files.brindlow.example\\shared /persistent:yes'],
      [
        'Run `net use S: \\\\files.brindlow.example\\shared /persistent:no`.',
        'net use S: \\\\files.brindlow.example\\shared /persistent:yes',
      ],
      ['You do not need the VPN for this when you are at home.', 'You must be in an office or on the VPN.'],
    ],
  },
  {
    document: 'accounts/mfa-lost-token.md',
    heading: 'I have lost my key',
    question: 'lost my yubikey on the train',
    says: [
      [
        'Tell IT within the hour if you can, on extension 4357.',
        'Tell us within the hour if you can: extension 4357, or ask a colleague to post in #it-help.',
      ],
      [
        'In the meantime sign in with your spare key or the authenticator app.',
        'Sign in with your second method, if you have one: the spare key, or the authenticator app.',
      ],
      [
        'Without a second method you get a temporary access pass after a video check.',
        'No second method? We give you a temporary access pass after a video check.',
      ],
      [
        "If the key turns up again, hand it in and don't use it.",
        "If it turns up later, hand it in. Don't start using it again on your own.",
      ],
    ],
    lies: [
      [
        'If it turns up later, just go on using it.',
        "If it turns up later, hand it in. Don't start using it again on your own.",
      ],
      [
        'A thief can sign in with your key alone.',
        'A key is useless without your password and PIN, but we remove it from your account all the same.',
      ],
      [
        'The temporary access pass lasts a working day the first time.',
        'It lasts one hour the first time, and we can extend it to a working day while the new key is on its way.',
      ],
    ],
  },
  {
    document: 'accounts/mfa-new-phone.md',
    heading: 'I still have my old phone',
    question: 'got a new phone today, how do i move the authenticator over',
    says: [
      [
        'Go to https://login.brindlow.example/security on your laptop and approve the prompt on the old phone.',
        'On your laptop go to https://login.brindlow.example/security and approve the prompt on the old phone.',
      ],
      [
        'Choose Add sign-in method and then Authenticator app.',
        'Choose **Add sign-in method**, **Authenticator app**.',
      ],
      [
        'Install Microsoft Authenticator on the new phone and scan the QR code that the laptop shows.',
        'Install Microsoft Authenticator on the new phone.',
        'Scan the code on the laptop screen and approve the test prompt.',
      ],
      [
        'Make the new phone the default, and wipe the old one only after that.',
        'Back on the page, make the new phone the **default** and delete the old one from the list.',
        'Only now wipe or hand in the old phone.',
      ],
    ],
    lies: [
      ['Wipe the old phone before you begin.', 'Only now wipe or hand in the old phone.'],
      [
        'Approve the prompt on the new phone.',
        'On your laptop go to https://login.brindlow.example/security and approve the prompt on the old phone.',
      ],
      ['Install Google Authenticator on the new phone.', 'Install Microsoft Authenticator on the new phone.'],
    ],
  },
  {
    document: 'accounts/password-change.md',
    heading: 'The rules',
    question: 'how long must my password be and does it expire',
    says: [
      [
        'It must have 14 characters or more, and spaces are fine.',
        'At least **14 characters**. Spaces are allowed and encouraged.',
      ],
      ["Passwords don't expire any more.", "It doesn't expire. We stopped the 90-day change in 2024"],
    ],
    lies: [
      ['It expires after 90 days.', "It doesn't expire. We stopped the 90-day change in 2024"],
      ['It must contain a symbol and a capital.', 'No need for symbols or capitals, though you may use them.'],
      ['It may have 14 characters at most.', 'At least **14 characters**.'],
    ],
  },
  {
    document: 'accounts/sso-lockout.md',
    heading: 'Too many wrong passwords',
    question: 'account locked after too many attempts, how long do I wait',
    says: [
      [
        'Stop trying and wait 15 minutes, then sign in once.',
        'Stop trying. Every attempt starts the clock again.',
        'Wait 15 minutes, then sign in **once**.',
      ],
      [
        'Look for a phone or tablet whose mail app still has the old password, and turn its Wi-Fi and mobile data off.',
        'Find the device with the old password. It is almost always the mail app on a phone or tablet you forgot about. Turn its Wi-Fi and mobile data off.',
      ],
      ['Resetting the password also unlocks the account immediately.', 'A reset also unlocks the account at once.'],
    ],
    lies: [
      ['Keep trying every few minutes; that does not prolong the lock.', 'Every attempt starts the clock again.'],
      [
        'The account locks after 15 wrong attempts for ten minutes.',
        'After ten wrong attempts the account locks for **15 minutes**',
      ],
      ['A reset does not unlock the account.', 'A reset also unlocks the account at once.'],
    ],
  },
  {
    document: 'devices/laptop-battery.md',
    heading: 'Swollen battery',
    question: 'the bottom of my laptop is bulging',
    says: [
      [
        'Shut it down, unplug it and do not charge it again.',
        'Shut it down and unplug it. Don\'t charge it again, not even "just to copy a file".',
      ],
      [
        "Don't press on it, and don't take it on a train or a plane.",
        "Don't press on it and don't take it on a train or a plane.",
      ],
      [
        'Call 4357: we bring you a loan laptop and take yours away.',
        'Ring 4357. We bring a loan laptop and take yours away in a fireproof bag.',
      ],
    ],
    lies: [
      ['Charge it once more to copy your files.', 'Don\'t charge it again, not even "just to copy a file".'],
      [
        'Press it flat and bring it to the office by train.',
        "Don't press on it and don't take it on a train or a plane.",
      ],
      [
        'Put it in a fireproof bag and post it to us.',
        'We bring a loan laptop and take yours away in a fireproof bag.',
      ],
    ],
  },
  {
    document: 'devices/laptop-return.md',
    heading: 'Before you hand it in',
    question: 'what should i do before giving my laptop back?',
    says: [
      [
        'Check that OneDrive has synced everything and shows a green tick.',
        'Check that OneDrive has finished: green tick, "Your files are synced".',
      ],
      [
        'Move what you need out of Downloads, as that folder is not covered.',
        "**Downloads isn't**, so move what you need.",
      ],
      [
        "Don't reset or erase the laptop yourself.",
        "Don't reset or erase it yourself. We check the encryption record first.",
      ],
    ],
    lies: [
      [
        'Erase the laptop yourself before you hand it in.',
        "Don't reset or erase it yourself. We check the encryption record first.",
      ],
      [
        'Downloads is covered by OneDrive as well.',
        "Desktop, Documents and Pictures are covered. **Downloads isn't**, so move what you need.",
      ],
      ['We can get your personal files back afterwards.', "We wipe everything and can't get it back afterwards."],
    ],
  },
  {
    document: 'devices/docking-station.md',
    heading: 'Nothing happens when I plug in',
    question: 'dock is dead at my desk',
    says: [
      [
        "Check whether the little light on the front of the dock is on; if it isn't, the power brick has come loose under the desk.",
        "Check the small light on the dock's front. No light: the power brick has come loose under the desk.",
      ],
      [
        'Unplug the laptop, take the power out of the dock, wait thirty seconds, put the power back and plug the laptop in once the light is on.',
        'Unplug the laptop, take the power out of the dock, count to thirty, put the power back, wait for the light, then plug in the laptop.',
      ],
    ],
    lies: [
      [
        'Plug the laptop in while the power is out of the dock.',
        'Unplug the laptop, take the power out of the dock, count to thirty, put the power back, wait for the light, then plug in the laptop.',
      ],
      [
        'If the light is on, the power brick has come loose.',
        'No light: the power brick has come loose under the desk.',
      ],
    ],
  },
  {
    document: 'devices/restore-files.md',
    heading: 'Shared drive (S:)',
    question: 'how do I get back an older version of a folder on S',
    says: [
      [
        'Right-click the folder itself, choose Properties and then Previous versions.',
        'Right-click the **folder**, not the file, choose **Properties**, then **Previous versions**.',
      ],
      [
        'There are snapshots from 07:00, 12:00 and 18:00; open one and copy the file out of it.',
        'Snapshots are made at 07:00, 12:00 and 18:00. Open one and copy the file out.',
      ],
      [
        'Do not press Restore on a whole folder, because that overwrites the work everybody has done since.',
        "Don't press Restore on a whole folder, as it overwrites everybody's work since.",
      ],
    ],
    lies: [
      [
        'Press Restore on the whole folder.',
        "Don't press Restore on a whole folder, as it overwrites everybody's work since.",
      ],
      [
        'Right-click the file, not the folder.',
        'Right-click the **folder**, not the file, choose **Properties**, then **Previous versions**.',
      ],
      ['Snapshots are made at 07:00, 13:00 and 18:00.', 'Snapshots are made at 07:00, 12:00 and 18:00.'],
    ],
  },
  {
    document: 'email/mailbox-full.md',
    heading: "I can't send",
    question: 'outlook says my mailbox is full, what should I delete first',
    says: [
      [
        'Empty Deleted items and Junk first; that alone often frees several gigabytes.',
        'Empty **Deleted items** and **Junk**.',
        'Number one alone often frees several gigabytes.',
      ],
      [
        'Then search for `size:>10MB` and delete the large mails you no longer need, after saving their attachments to SharePoint.',
        "Search for large mail: type `size:>10MB` in the search box and delete what you don't need. Save the attachments to SharePoint first.",
      ],
      ['It can take half an hour until you can send again.', 'Wait up to half an hour before you try to send.'],
    ],
    lies: [
      [
        'Save the attachments to SharePoint after you have deleted the mails.',
        'Save the attachments to SharePoint first.',
      ],
      ['You can send again at once.', 'Wait up to half an hour before you try to send.'],
      [
        'Search for `size:<10MB` and delete what you find.',
        "type `size:>10MB` in the search box and delete what you don't need",
      ],
    ],
  },
  {
    document: 'email/report-phishing.md',
    heading: 'Report it',
    question: 'weird mail from "the director", where do I report it',
    says: [
      [
        'Select the message in Outlook without clicking anything in it.',
        "In Outlook, select the message. Don't click anything in it.",
      ],
      [
        'On the toolbar choose Report and then Report phishing.',
        'Choose **Report**, **Report phishing**, on the toolbar.',
      ],
      [
        'You will usually hear from us within two working hours.',
        'You get an answer, usually within two working hours.',
      ],
    ],
    lies: [
      ['Click the link to see whether it is real.', "Don't click anything in it."],
      [
        'Forward it in the ordinary way to Phishing Reports.',
        'Forward it **as an attachment** to *Phishing Reports*, which is in the address book. An ordinary forward loses the part we need.',
      ],
      ['Reply to the sender and ask whether it is genuine.', 'In Outlook, select the message.'],
    ],
  },
  {
    document: 'email/shared-mailbox.md',
    heading: 'Send from the shared address',
    question: 'how do I send as the bookings mailbox',
    says: [
      ['In a new mail, go to Options and choose Show From.', 'New mail, **Options**, **Show From**.'],
      [
        'Click From, then Other e-mail address, and enter the shared address.',
        'Click **From**, **Other e-mail address**, and type the shared address.',
      ],
      ['It stays in the list afterwards.', 'From then on it is in the list.'],
    ],
    lies: [
      [
        'The error `0x80070005-0x0004dc-0x000524` means that you can send but not read.',
        '(`0x80070005-0x0004dc-0x000524`) means you can read but not send',
      ],
      ['You have to type the address again each time.', 'From then on it is in the list.'],
    ],
  },
  {
    document: 'email/out-of-office.md',
    heading: 'Forwarding mail',
    question: 'can I forward my mail to my gmail while on holiday?',
    says: [
      [
        "No, automatic forwarding to an address outside Brindlow is blocked, and it can't be opened.",
        "Automatic forwarding to an address **outside** Brindlow is blocked and can't be opened.",
      ],
      [
        'Inside the company, use delegate access instead of forwarding.',
        'Inside the company, use delegate access rather than forwarding',
      ],
    ],
    lies: [
      [
        'Forwarding to outside addresses can be opened if your manager asks.',
        "Automatic forwarding to an address **outside** Brindlow is blocked and can't be opened.",
      ],
      [
        'Inside the company, use forwarding rather than delegate access.',
        'Inside the company, use delegate access rather than forwarding',
      ],
    ],
  },
  {
    document: 'email/quarantine.md',
    heading: 'Where to look',
    question: 'a customer swears he mailed me yesterday but there is nothing in my inbox',
    says: [
      [
        'Look in Junk e-mail first, then under Other if you use the Focused / Other split.',
        '**Junk e-mail** in Outlook.',
        '**Other**, if you use the *Focused / Other* split.',
      ],
      [
        'After that check https://quarantine.brindlow.example, where messages are kept for 15 days.',
        '**Quarantine** at https://quarantine.brindlow.example. Messages stay there for 15 days.',
      ],
    ],
    lies: [
      ['Messages stay in quarantine for 50 days.', 'Messages stay there for 15 days.'],
      ['The daily summary from Brindlow Mail Filter is a fake.', 'It comes from *Brindlow Mail Filter* and is real.'],
    ],
  },
  {
    document: 'people/offboarding.md',
    heading: 'When does my account close',
    question: 'when exactly do I lose access when I leave?',
    says: [
      [
        'Your account closes at 18:00 local time on your last working day.',
        'At **18:00 local time on your last working day**.',
      ],
      [
        'What counts is the last working day, not the last day of your contract, if you have holiday left.',
        'Not your last *contract* day, if you have holiday left.',
      ],
    ],
    lies: [
      [
        'It closes at 18:00 on the last day of your contract.',
        'At **18:00 local time on your last working day**. Not your last *contract* day, if you have holiday left.',
      ],
      ['If you need longer, you ask IT.', 'If you need longer (handover), your manager asks the People team.'],
    ],
  },
  {
    document: 'people/contractors.md',
    heading: 'The end date',
    question: 'what happens when a contractor account runs out',
    says: [
      ['The sponsor is told 14 days and 3 days ahead.', 'The sponsor gets a message 14 days and 3 days before.'],
      [
        'Without an answer the account closes at 18:00 on that day.',
        'If nobody answers, the account closes at 18:00 on the day.',
      ],
      [
        'Extending it in advance takes a minute, but opening it again later takes a day.',
        'Extending **before** takes a minute; opening it afterwards takes a day, because the checks start again.',
      ],
    ],
    lies: [
      [
        'Extending it in advance takes a day, and opening it again later takes a minute.',
        'Extending **before** takes a minute; opening it afterwards takes a day, because the checks start again.',
      ],
      [
        'If nobody answers, the account is extended by six months.',
        'If nobody answers, the account closes at 18:00 on the day.',
        'The longest is six months. Then extend.',
      ],
    ],
  },
  {
    document: 'phones/roaming.md',
    heading: 'How do I get the travel bundle',
    question: 'flying to the US next week, what about my work phone',
    says: [
      [
        'Raise Roaming at https://help.brindlow.example three working days before your flight.',
        'Raise **Roaming** at https://help.brindlow.example, **three working days** before you fly.',
      ],
      ['Give the phone number, the countries and the dates.', 'Tell me the phone number, the countries and the dates.'],
      [
        'It costs roughly £6 a day on your cost centre, for 2 GB a day.',
        'About £6 a day on your cost centre, 2 GB a day.',
      ],
    ],
    lies: [
      ['It costs about £6 a week.', 'About £6 a day on your cost centre, 2 GB a day.'],
      ['Raise Roaming three working days after you have landed.', '**three working days** before you fly'],
      ['Without the bundle your data goes on without a limit.', 'Without it your data is cut at £45'],
    ],
  },
  {
    document: 'phones/esim.md',
    heading: 'Install an eSIM',
    question: 'how do i put the esim on my iphone',
    says: [
      [
        'Open the e-mail "Your Brindlow eSIM" on your laptop, as you need a second screen for the code.',
        'You need Wi-Fi and a *second* screen to show the code on.',
        'Open the e-mail **Your Brindlow eSIM** on your laptop.',
      ],
      [
        'On the iPhone go to Settings > Mobile service > Add eSIM > Use QR code.',
        'iPhone: **Settings**, **Mobile service**, **Add eSIM**, **Use QR code**.',
      ],
      [
        'Scan it, choose Continue and name it Work, then restart.',
        'Scan it, choose **Continue**, name it *Work*.',
        'Restart. It may take up to an hour before calls come in.',
      ],
    ],
    lies: [
      [
        'On the iPhone go to Settings > Connections > SIM manager > Add eSIM.',
        'iPhone: **Settings**, **Mobile service**, **Add eSIM**, **Use QR code**. Samsung: **Settings**, **Connections**, **SIM manager**, **Add eSIM**, **Scan QR code**.',
      ],
      ['You can use the code as often as you like.', '**The code works once only.**'],
    ],
  },
  {
    document: 'phones/work-mobile.md',
    heading: 'Using my own phone',
    question: 'if I put outlook on my private phone can IT wipe it?',
    says: [
      [
        'IT can remove work data from the apps when you leave.',
        'We can remove work data from the apps when you leave.',
      ],
      [
        'Nothing else on a private phone can be seen, located or wiped.',
        "We can't see, locate or wipe anything else on a private phone.",
      ],
    ],
    lies: [
      [
        'Yes, IT can locate and wipe the whole phone.',
        "We can't see, locate or wipe anything else on a private phone.",
      ],
      ['A screen lock is not asked for.', 'It asks you to set a screen lock.'],
    ],
  },
  {
    document: 'printing/paper-jam.md',
    heading: 'Clear a paper jam',
    question: 'printer on our floor is jammed, can I fix it myself?',
    says: [
      [
        'Follow the picture on the screen and open the flaps in the order it shows.',
        'Read the screen. It shows a picture of the flap to open, and a number.',
        'Open the flaps in the order shown',
      ],
      [
        'Pull the sheet out slowly with both hands, in the direction in which the paper travels.',
        'Pull the sheet out **in the direction the paper travels**, with both hands, slowly.',
      ],
      [
        "Don't send your job again: it continues by itself.",
        "Your job carries on by itself. Don't send it again, or you will get it twice.",
      ],
    ],
    lies: [
      [
        'Pull the sheet out quickly against the direction in which the paper travels.',
        'Pull the sheet out **in the direction the paper travels**, with both hands, slowly.',
      ],
      ['Then send your job again.', "Your job carries on by itself. Don't send it again, or you will get it twice."],
      [
        'The fuser is cold, so you can touch it at once.',
        'The fuser (the part with the orange sticker) is hot. Leave it ten minutes.',
      ],
    ],
  },
  {
    document: 'printing/secure-print.md',
    heading: 'Collect a print',
    question: 'how long do I have to pick up what I printed',
    says: [
      [
        'You have 24 hours to go to any shared printer and hold your badge to the blue light.',
        'Within **24 hours**, go to any shared printer and hold your badge against the blue light.',
      ],
      [
        "Jobs that aren't collected by then are deleted and can't be brought back.",
        "Jobs you don't collect are deleted after 24 hours. They can't be called back.",
      ],
    ],
    lies: [
      [
        'You have 24 days to collect it.',
        'Within **24 hours**, go to any shared printer and hold your badge against the blue light.',
      ],
      ['Jobs that are deleted can be called back by IT.', "They can't be called back."],
    ],
  },
  {
    document: 'rooms/room-booking.md',
    heading: 'Check in or you lose it',
    question: 'why was my meeting room given away?',
    says: [
      [
        'You have to press Check in on the panel, at the latest 10 minutes after the start, or the room is released.',
        'Press **Check in** on the panel, from 5 minutes before until **10 minutes after** the start. Otherwise the room is let go.',
      ],
    ],
    lies: [
      [
        'You have to check in 10 minutes before the start.',
        'from 5 minutes before until **10 minutes after** the start',
      ],
      [
        'A repeating meeting that misses once loses all its bookings.',
        'A repeating meeting that misses three times in a row loses all its bookings.',
      ],
    ],
  },
  {
    document: 'rooms/room-camera-sound.md',
    heading: 'The panel says "Pairing code"',
    question: 'room panel asks for a pairing code',
    says: [
      [
        'The room has lost its account, so do not type anything.',
        "The room has lost its account, usually after an update. Don't type anything.",
      ],
      ['Post the name of the room in #it-help.', "Post in #it-help with the room's name."],
      [
        'Until it is fixed, join from a laptop with the USB-C cable.',
        'Meanwhile join from a laptop on the USB-C cable',
      ],
    ],
    lies: [
      ['Type your own e-mail address and password on the panel.', "Don't type anything."],
      [
        'Type the pairing code shown on the wall.',
        "The room has lost its account, usually after an update. Don't type anything.",
      ],
    ],
  },
  {
    document: 'security/clicked-suspicious-mail.md',
    heading: 'I typed my password',
    question: 'I think I entered my password on a fake page!!',
    says: [
      [
        'From another device, change your password at https://password.brindlow.example.',
        'From **another** device, change it at https://password.brindlow.example.',
      ],
      [
        'Then open https://login.brindlow.example/security and choose Sign out everywhere.',
        'Open https://login.brindlow.example/security and choose **Sign out everywhere**.',
      ],
    ],
    lies: [
      [
        'Change your password on the same device.',
        'From **another** device, change it at https://password.brindlow.example.',
      ],
      [
        'Wait until tomorrow before you change it.',
        'From **another** device, change it at https://password.brindlow.example.',
      ],
    ],
  },
  {
    document: 'software/excel-crashes.md',
    heading: 'Excel crashes when',
    question: 'excel dies as soon as I start it',
    says: [
      [
        'Press Windows key + R and start it in safe mode with `excel.exe /safe`.',
        'Start it in safe mode. Windows key + R, then:',
        'excel.exe /safe',
      ],
      [
        'If that works, an add-in is to blame: under File > Options > Add-ins > COM Add-ins > Go, untick all of them.',
        'If that works, it is an add-in. **File**, **Options**, **Add-ins**, **COM Add-ins**, **Go**, and untick them all.',
      ],
      ['Switch them back on one at a time.', 'Switch them on again one by one.'],
    ],
    lies: [
      [
        'Run the Online repair yourself; it takes five minutes.',
        'It takes five minutes. *Online repair* takes an hour, so leave that to us.',
      ],
      ['Start it with `excel.exe /regserver`.', 'excel.exe /safe'],
      [
        'The Northledger add-in 7.3 and newer crashes, so go back to an older one.',
        'The Northledger add-in older than **7.3** crashes with `0xc0000005`. Update it from Company Portal.',
      ],
    ],
  },
  {
    document: 'software/slack-trouble.md',
    heading: 'Can I get a deleted message back',
    question: 'deleted a slack message by accident, can you restore it',
    says: [
      [
        "No, a message you delete can't be brought back.",
        'No. Messages are kept for three years except where you delete them yourself.',
      ],
      [
        'Files that were attached to it can sometimes be recovered for 14 days.',
        'Files attached to deleted messages can sometimes be recovered for 14 days.',
      ],
    ],
    lies: [
      [
        'Yes, deleted messages are kept for three years.',
        'Messages are kept for three years except where you delete them yourself.',
      ],
      [
        'Files attached to it can always be recovered for 14 weeks.',
        'Files attached to deleted messages can sometimes be recovered for 14 days.',
      ],
    ],
  },
  {
    document: 'accounts/password-reset.md',
    heading: 'Reset a forgotten password',
    question: 'Ich weiß mein Passwort nicht mehr, was mache ich?',
    language: 'de',
    says: [
      [
        'Öffnen Sie auf einem beliebigen Gerät https://password.brindlow.example.',
        'On any device, go to https://password.brindlow.example.',
      ],
      [
        'Geben Sie Ihre dienstliche E-Mail-Adresse und die Buchstaben aus dem Bild ein.',
        'Type your work e-mail address and the letters in the picture.',
      ],
      ['Warten Sie zwei Minuten, bevor Sie sich irgendwo anmelden.', 'Wait two minutes before you sign in anywhere.'],
    ],
    lies: [
      [
        'Öffnen Sie auf einem beliebigen Gerät https://passwort.brindlow.example.',
        'On any device, go to https://password.brindlow.example.',
      ],
      [
        'Warten Sie zwanzig Minuten, also 20, bevor Sie sich anmelden.',
        'Wait two minutes before you sign in anywhere.',
      ],
    ],
  },
  {
    document: 'printing/secure-print.md',
    heading: 'Forgotten badge',
    question: "J'ai oublié mon badge, comment imprimer quand même ?",
    language: 'fr',
    says: [
      [
        'Choisissez « Sign in without card » et saisissez votre adresse e-mail et votre mot de passe.',
        'Choose **Sign in without card** and type your e-mail address and password.',
      ],
      [
        "N'empruntez pas le badge d'un collègue, car ce sont ses impressions qui sortiraient.",
        "Don't borrow a colleague's badge, because their prints will come out, not yours.",
      ],
    ],
    lies: [
      [
        'Choisissez « Emergency print » et saisissez le code 0000.',
        'Choose **Sign in without card** and type your e-mail address and password.',
      ],
      [
        'Appelez le 4753 pour obtenir un code.',
        'Choose **Sign in without card** and type your e-mail address and password.',
      ],
    ],
  },
  {
    document: 'accounts/sso-lockout.md',
    heading: 'Blocked because of where I am',
    question: 'Viajo a Brasil por trabajo, ¿podré iniciar sesión?',
    language: 'es',
    says: [
      [
        'Envíe una solicitud tres días laborables antes de viajar, con el país y las fechas, y con su responsable en copia.',
        'Raise a ticket **three working days before you travel** with the country and dates, and your manager in copy.',
      ],
      ['Para vacaciones no se puede abrir un país.', "We can't open a country for holidays."],
    ],
    lies: [
      [
        'Envíe la solicitud a viajes@brindlow-it.example.',
        'Raise a ticket **three working days before you travel** with the country and dates',
      ],
      [
        'Inicie sesión en https://brasil.login.example.',
        'Sign-ins are allowed from the countries where we have people',
      ],
    ],
  },
  {
    document: 'network/wifi-office.md',
    heading: 'Joining Brindlow-Staff',
    question: 'Wie verbinde ich meinen Firmenlaptop im Büro mit dem WLAN?',
    language: 'de',
    says: [
      ['Schalten Sie das WLAN ein und wählen Sie Brindlow-Staff.', 'Turn Wi-Fi on and choose **Brindlow-Staff**.'],
      [
        'Ein Kennwort brauchen Sie nicht: Der Laptop weist sich mit einem Zertifikat aus.',
        'There is nothing to type. The laptop proves who it is with a certificate that arrives when it is set up.',
      ],
      ['Beim ersten Mal dauert es etwa 20 Sekunden.', 'Wait about 20 seconds the first time.'],
    ],
    lies: [
      ['Wählen Sie Brindlow-Guest-5G.', 'Turn Wi-Fi on and choose **Brindlow-Staff**.'],
      ['Beim ersten Mal dauert es etwa 45 Minuten.', 'Wait about 20 seconds the first time.'],
    ],
  },
];
