using System.Text;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>Arguments of a program while they are put together.</summary>
internal sealed class ArgumentText(int length)
{
    private readonly StringBuilder _text = new(length);
    private bool _isQuoted;

    /// <summary>Adds a part as it is written.</summary>
    public void Add(string literal)
    {
        _text.Append(literal);
        for (var at = 0; at < literal.Length; at++)
        {
            _isQuoted ^= literal[at] == '"' && (at == 0 || literal[at - 1] != '\\');
        }
    }

    /// <summary>Adds a value as it is.</summary>
    public void AddRaw(string value) => _text.Append(value);

    /// <summary>Adds a value as one argument, or as a part of one: between quotes of the text itself it needs none of its own.</summary>
    public void AddValue(string value) =>
        _text.Append(_isQuoted ? Escape(value)
            : value.Length > 0 && value.AsSpan().IndexOfAny(" \t\n\"") < 0 ? value
            : $"\"{Escape(value)}\"");

    public override string ToString() => _text.ToString();

    // The rules by which processes take a text apart: a quote is escaped, and so are the backslashes before one.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        var slashes = 0;
        foreach (var letter in text)
        {
            escaped.Append('\\', letter == '"' ? slashes + 1 : 0).Append(letter);
            slashes = letter == '\\' ? slashes + 1 : 0;
        }

        return escaped.Append('\\', slashes).ToString();
    }
}
