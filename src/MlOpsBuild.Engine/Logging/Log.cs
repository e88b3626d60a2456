using System.Globalization;
using System.Text.RegularExpressions;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Logging;

/// <summary>Prints lines in the words of Serilog's <c>Log</c>, which NUKE builds call; no logging library: there are no sinks.</summary>
public static class Log
{
    private static readonly Regex Hole = new(
        @"\{\{|\}\}|\{[@$]?[\w.]+(,(?<width>-?\d{1,4}))?(:(?<format>[^{}]*))?\}",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>A line for those who look closely: with <c>--verbosity Verbose</c>.</summary>
    public static void Verbose(string messageTemplate, params object?[] propertyValues) =>
        Write(messageTemplate, propertyValues, Verbosity.Verbose, ConsoleTone.Plain);

    /// <summary>As <see cref="Verbose"/>.</summary>
    public static void Debug(string messageTemplate, params object?[] propertyValues) => Verbose(messageTemplate, propertyValues);

    /// <summary>A line.</summary>
    public static void Information(string messageTemplate, params object?[] propertyValues) =>
        Write(messageTemplate, propertyValues, Verbosity.Normal, ConsoleTone.Plain);

    /// <summary>A line worth a look.</summary>
    public static void Warning(string messageTemplate, params object?[] propertyValues) =>
        Write(messageTemplate, propertyValues, Verbosity.Minimal, ConsoleTone.Warning);

    /// <summary>A line about something that is wrong.</summary>
    public static void Error(string messageTemplate, params object?[] propertyValues) =>
        Write(messageTemplate, propertyValues, Verbosity.Quiet, ConsoleTone.Bad);

    /// <summary>The same with its cause.</summary>
    public static void Error(Exception exception, string messageTemplate, params object?[] propertyValues) =>
        Error(messageTemplate + ": {Cause}", [.. propertyValues, exception.Message]);

    /// <summary>As <see cref="Error(string, object?[])"/>.</summary>
    public static void Fatal(string messageTemplate, params object?[] propertyValues) => Error(messageTemplate, propertyValues);

    private static void Write(string template, object?[] values, Verbosity least, ConsoleTone tone)
    {
        if (RunState.Current.Verbosity <= least)
        {
            RunState.Current.Context.Console.Line(Render(template, values), tone);
        }
    }

    private static string Render(string template, object?[] values)
    {
        var next = 0;
        return Hole.Replace(template, hole => hole.Value is "{{" or "}}" ? hole.Value[..1] : next >= values.Length ? hole.Value
            : string.Format(
                CultureInfo.InvariantCulture,
                $"{{0{(hole.Groups["width"].Success ? "," + hole.Groups["width"] : "")}{(hole.Groups["format"] is { Success: true, Value: not "l" } format ? ":" + format : "")}}}",
                values[next++]));
    }
}
