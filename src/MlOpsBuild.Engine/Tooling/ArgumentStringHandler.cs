using System.Globalization;
using System.Runtime.CompilerServices;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>
/// Arguments of a program, written as a text with holes. What fills a hole is one argument, quoted where it must be, so that no value can
/// become a switch's end or another argument; <c>{value:nq}</c> leaves it as it is, <c>{value:r}</c> hides it in all output.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct ArgumentStringHandler
{
    private const int UsualValue = 16;
    private readonly ArgumentText _text;

    /// <summary>Begins a text.</summary>
    public ArgumentStringHandler(int literalLength, int formattedCount) => _text = new(literalLength + (formattedCount * UsualValue));

    /// <summary>A text without holes.</summary>
    public static implicit operator ArgumentStringHandler(string value)
    {
        var handler = new ArgumentStringHandler(value.Length, 0);
        handler.AppendLiteral(value);
        return handler;
    }

    /// <summary>Adds a part of the text.</summary>
    public void AppendLiteral(string value) => _text.Add(value);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted(object? value, int alignment = 0, string? format = null)
    {
        var text = value is IFormattable formattable
            ? formattable.ToString(format is "r" or "nq" ? null : format, CultureInfo.InvariantCulture)
            : value?.ToString() ?? "";
        if (format == "r")
        {
            RunState.CurrentOrNone?.Context.Console.Mask(text);
        }

        if (format == "nq")
        {
            _text.AddRaw(text);
        }
        else
        {
            _text.AddValue(text);
        }
    }

    /// <summary>The arguments as one text.</summary>
    public string ToStringAndClear() => _text.ToString();
}
