# Writes down what zsh offers when TAB is pressed. Arguments: the script, the line, a file for the answers.
zmodload zsh/zpty
zpty shell "SCRIPT=${(q)1} LINE=${(q)2} ANSWERS=${(q)3} zsh -f -i"
zpty -w shell 'autoload -Uz compinit && compinit -u -D && source $SCRIPT && setopt no_auto_list
compadd() {
    local -a offered
    [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] || { builtin compadd -A offered "$@"; print -rl -- $offered >> $ANSWERS }
    builtin compadd "$@"
}
zle-line-init() {
    BUFFER=$LINE CURSOR=${#LINE}
    zle complete-word
    exit
}
zle -N zle-line-init'
while zpty -r shell; do :; done > /dev/null
