using MlOpsBuild.Components.Session;
using Serilog;

namespace MlOpsBuild.Components;

/// <summary>NUKE's log as the output of a session, with secrets hidden.</summary>
internal sealed class LogOutput : ISessionOutput
{
    private string[] _secrets = [];

    public bool WantsDocument => false;

    public void Document(string text) => Line(text);

    public void Line(string text) => Log.Information("{Text:l}", Masked(text));

    public void Warn(string text) => Log.Warning("{Text:l}", Masked(text));

    public void Good(string text) => Log.Information("{Text:l}", Masked(text));

    public void Progress(string text) => Log.Debug("{Text:l}", Masked(text));

    public void Mask(string secret)
    {
        if (!string.IsNullOrWhiteSpace(secret))
        {
            _secrets = [.. _secrets.Append(secret).Distinct().OrderByDescending(known => known.Length)];
        }
    }

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> lines = [headers, .. rows];
        var widths = headers.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
        {
            Line(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>The text with every secret replaced.</summary>
    public string Masked(string text) =>
        _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
}
