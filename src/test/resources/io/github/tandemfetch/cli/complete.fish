# Writes down what fish offers when TAB is pressed. Arguments: the script, the line, a file for the answers.
source $argv[1]
# Before a tab comes what is offered, behind it the description; with an equals sign the option is repeated.
complete -C $argv[2] | string replace -r '\t.*' '' | string replace -r '^--[a-z-]+=(?=.)' '' > $argv[3]
