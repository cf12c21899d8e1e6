/* The texts of the page that always stand there, in the language of the moment. */

function label(id, text) { $(id).textContent = text; }

function labels() {
    document.documentElement.lang = language;
    const rehearsal = document.documentElement.classList.contains('is-rehearsal') ? T('[REHEARSAL] ') : '';
    document.title = rehearsal + T('Sunshine class placement: check the draw') + ' · sunlot';
    label('brand', T('Sunshine class placement'));
    $('language').hidden = false;
    label('language', language === 'zh-CN' ? 'English' : '中文');
    $('language').lang = language === 'zh-CN' ? 'en' : 'zh-CN';
    label('skip', T('To the content'));
    label('title', T('Check the draw'));
    label('lead', T('This page computes the whole draw again, here on your device, and says whether the result follows from list, rules and dice. Nothing is sent anywhere.'));
    label('start-title', T('Choose the log'));
    label('choose-label', T('Choose draw.log'));
    label('drop-hint', T('The file that the host published with the draw. On a computer you can drop it anywhere on this page; receipt and note files may be chosen with it.'));
    label('fingerprint-label', T('Fingerprint, or the link of your slip'));
    label('fingerprint-hint', T('From your slip, photograph or notes: 16 groups of 4. It says that this is the draw that was announced. Or scan the slip’s code with the camera: it opens this page with everything filled in.'));
    label('compare', s.log ? T('Compare') : T('Keep it for the check'));
    label('more-title', T('Receipt, policy, signatures'));
    label('more-hint', T('A receipt is the proof for one child; it can be checked without a log. A policy (draw.policy) or key (log.vkey) counts only if you have it from another place than the log. Note files bring further signatures.'));
    label('receipt-label', T('Choose receipt or other files'));
    label('working-title', T('Computing the draw again …'));
    label('cancel', T('Cancel'));
    label('child-title', T('Find my child'));
    label('child-number-label', T('Code number of the child (on slip or receipt)'));
    label('child-number-hint', T('s and 32 digits or letters; the s and hyphens may be left out.'));
    label('child-find', T('Find'));
    label('open-title', T('Is this line really my child’s?'));
    label('open-hint', T('When the list was fixed, your child’s data were sealed in its line. Type number and name as the school has them: the page looks whether they open the seal. They stay on this device.'));
    label('child-id-label', T('School’s number (id) of the child'));
    label('child-name-label', T('Name of the child'));
    label('child-salt-label', T('Salt (on the slip: h and 64 digits)'));
    label('open-button', T('Compare with the seal'));
    label('balance-title', T('Balance: asked and reached'));
    label('school-filter-label', T('Search a school'));
    label('school-label', T('School'));
    label('veil-text', T('Drop the files: they stay on this device'));
    fill($('footer'), el('p', null, T('This page sends nothing and stores nothing.'), ' ', version ? 'sunlot ' + version : null));
}
