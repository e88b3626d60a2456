using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>GitHub's expressions, as far as workflows use them: what is not known is a failure, never an empty value.</summary>
internal sealed partial class Expression
{
    private readonly ExpressionScope _scope;
    private readonly IReadOnlyList<string> _words;
    private int _next;

    private Expression(string text, ExpressionScope scope) => (_words, _scope) = (ExpressionLexer.Read(text), scope);

    private string Peek => _next < _words.Count ? _words[_next] : "";

    /// <summary>The value of an expression without its braces.</summary>
    public static JsonNode? Evaluate(string text, ExpressionScope scope)
    {
        var expression = new Expression(text, scope);
        var value = expression.Or();
        return expression.Peek.Length == 0 ? value() : throw new FormatException($"'{expression.Peek}' is too much in: {text}");
    }

    /// <summary>Whether a condition holds; one that does not ask how things went holds only while they go well.</summary>
    public static bool Holds(string? condition, ExpressionScope scope)
    {
        var text = condition?.Trim() ?? "";
        text = text.StartsWith("${{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal) ? text[3..^2] : text;
        return (AsksHowItWent().IsMatch(text) || !scope.Failed) && (text.Length == 0 || ExpressionValue.IsTrue(Evaluate(text, scope)));
    }

    /// <summary>A text with every <c>${{ … }}</c> in it replaced.</summary>
    public static string Fill(string text, ExpressionScope scope) =>
        Braces().Replace(text, match => ExpressionValue.Text(Evaluate(match.Groups["inner"].Value, scope)));

    private Func<JsonNode?> Or() => Chain(And, "||", ExpressionValue.IsTrue);

    private Func<JsonNode?> And() => Chain(Equality, "&&", value => !ExpressionValue.IsTrue(value));

    private Func<JsonNode?> Equality() => Compare(Order, new() { ["=="] = order => order == 0, ["!="] = order => order != 0 });

    private Func<JsonNode?> Order() =>
        Compare(Not, new()
        {
            ["<"] = order => order == -1, ["<="] = order => order is -1 or 0, [">"] = order => order == 1, [">="] = order => order is 1 or 0
        });

    private Func<JsonNode?> Not()
    {
        if (!Take("!"))
        {
            return Path();
        }

        var value = Not();
        return () => !ExpressionValue.IsTrue(value());
    }

    // The first side that decides is the value, and what follows it is not looked at.
    private Func<JsonNode?> Chain(Func<Func<JsonNode?>> side, string sign, Func<JsonNode?, bool> decides)
    {
        var sides = new List<Func<JsonNode?>> { side() };
        while (Take(sign))
        {
            sides.Add(side());
        }

        return () =>
        {
            var value = sides[0]();
            for (var index = 1; index < sides.Count && !decides(value); index++)
            {
                value = sides[index]();
            }

            return value;
        };
    }

    private Func<JsonNode?> Compare(Func<Func<JsonNode?>> side, Dictionary<string, Func<int, bool>> signs)
    {
        var value = side();
        while (signs.TryGetValue(Peek, out var holds))
        {
            _next++;
            var (left, right) = (value, side());
            value = () => holds(ExpressionValue.Compare(left(), right()));
        }

        return value;
    }

    private Func<JsonNode?> Path()
    {
        var value = Primary();
        while (Peek is "." or "[")
        {
            var (owner, property) = (value, Take(".") ? Name() : Index());
            value = () => ExpressionValue.Member(owner(), ExpressionValue.Text(property()));
        }

        return value;
    }

    private Func<JsonNode?> Name()
    {
        var name = Next();
        return () => name;
    }

    private Func<JsonNode?> Index()
    {
        Expect("[");
        var property = Or();
        Expect("]");
        return property;
    }

    private Func<JsonNode?> Primary()
    {
        var word = Next();
        switch (word)
        {
            case "(":
                var value = Or();
                Expect(")");
                return value;
            case "true" or "false":
                return () => word == "true";
            case "null":
                return () => null;
            case [('-' or >= '0' and <= '9'), ..]:
                return () => double.Parse(word, CultureInfo.InvariantCulture);
            case ['\'', .. var inner, '\'']:
                return () => inner.Replace("''", "'", StringComparison.Ordinal);
            default:
                return Take("(") ? Call(word) : () => _scope.Context(word);
        }
    }

    private Func<JsonNode?> Call(string function)
    {
        var arguments = new List<Func<JsonNode?>>();
        while (!Take(")"))
        {
            arguments.Add(Or());
            _ = Take(",") || (Peek == ")" ? true : throw new FormatException($"'{Peek}' instead of , or )"));
        }

        return () => ExpressionFunctions.Call(function, [.. arguments.Select(argument => argument())], _scope);
    }

    private string Next() =>
        _next < _words.Count ? _words[_next++] : throw new FormatException($"an expression ends early: {string.Join(' ', _words)}");

    private bool Take(string word)
    {
        var there = Peek == word;
        _next += there ? 1 : 0;
        return there;
    }

    private void Expect(string word)
    {
        if (!Take(word))
        {
            throw new FormatException($"'{Peek}' instead of {word} in: {string.Join(' ', _words)}");
        }
    }

    [GeneratedRegex(@"\b(always|success|failure|cancelled)\s*\(", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AsksHowItWent();

    [GeneratedRegex(@"\$\{\{(?<inner>(?:'(?:[^']|'')*'|[^'}]|\}(?!\}))*)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
