using System.Globalization;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>
/// Splits arguments into target names and named values. The declared type says how many words a name takes: a switch none
/// (or <c>true</c>/<c>false</c>), a scalar one, a list all up to the next switch; so a target after a value is a target.
/// </summary>
internal sealed record CommandLine(IReadOnlyList<string> Targets, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    public static CommandLine Parse(
        IReadOnlyList<string> arguments, IReadOnlyList<ParameterDeclaration> declarations, List<string> problems)
    {
        var byName = declarations.ToDictionary(declaration => ParameterName.Fold(declaration.Name));
        var targets = new List<string>();
        var values = new Dictionary<string, IReadOnlyList<string>>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsSwitch(arguments[i]))
            {
                targets.Add(arguments[i]);
                continue;
            }

            var (name, inline) = Split(arguments[i]);
            var negated = name.StartsWith("no-", StringComparison.OrdinalIgnoreCase) && !byName.ContainsKey(ParameterName.Fold(name));
            if (!byName.TryGetValue(ParameterName.Fold(negated ? name[3..] : name), out var declaration)
                || (negated && !declaration.IsSwitch))
            {
                problems.Add($"Unknown parameter --{name}.{Suggestion.For(name, declarations.Select(known => known.Name), "--")}");
                while (i + 1 < arguments.Count && inline == null && !IsSwitch(arguments[i + 1]))
                {
                    i++;
                }

                continue;
            }

            var words = new List<string>();
            if (inline != null)
            {
                words.Add(inline);
            }
            else if (declaration.IsSwitch)
            {
                // a target may be called yes
                words.Add(i + 1 < arguments.Count && bool.TryParse(arguments[i + 1], out _) ? arguments[++i] : "true");
            }
            else
            {
                while (i + 1 < arguments.Count && !IsSwitch(arguments[i + 1]) && (declaration.IsList || words.Count == 0))
                {
                    words.Add(arguments[++i]);
                }
            }

            if (words.Count == 0 && !declaration.MayBeEmpty)
            {
                problems.Add($"--{declaration.Name} needs a value: {ValueConversion.Describe(declaration.ElementType)}.");
            }
            else
            {
                values[declaration.Name] = negated && ValueConversion.Flag(words[0]) is { } flag ? [flag ? "false" : "true"]
                    : declaration.IsList && values.TryGetValue(declaration.Name, out var earlier) ? [.. earlier, .. words] : words;
            }
        }

        return new(targets, values);
    }

    /// <summary>
    /// Gives the words after a target in <paramref name="operands"/> to that target's parameters, in their order; one that ends in
    /// <c>*</c> takes all that are left.
    /// </summary>
    public CommandLine WithOperands(IReadOnlyDictionary<string, IReadOnlyList<string>> operands)
    {
        var targets = new List<string>();
        var values = Values.ToDictionary();
        foreach (var word in Targets)
        {
            var takers = targets.Count > 0
                ? operands.FirstOrDefault(operand => operand.Key.Equals(targets[^1], StringComparison.OrdinalIgnoreCase)).Value
                : null;
            var taker = takers?.FirstOrDefault(name => name.EndsWith('*') || !values.ContainsKey(name));
            if (taker == null)
            {
                targets.Add(word);
                continue;
            }

            var name = taker.TrimEnd('*');
            values[name] = [.. values.GetValueOrDefault(name, []), word];
        }

        return new(targets, values);
    }

    private static bool IsSwitch(string word) =>
        word.Length > 1 && word[0] == '-' && !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static (string Name, string? Inline) Split(string word)
    {
        var text = word.TrimStart('-');
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }
}
