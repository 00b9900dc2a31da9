# Writes down what bash offers when TAB is pressed. Arguments: the script, the line, a file for the answers.
source "$1"
# Bash takes an equals sign for a word of its own.
line=${2//=/ = }
read -r -a COMP_WORDS <<< "$line"
[[ $line != *" " || $2 == *= ]] || COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_tandem
printf '%s\n' "${COMPREPLY[@]}" > "$3"
