using System.Globalization;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Environment variables of a build server; empty ones count as not set.</summary>
internal sealed class HostVariables(IReadOnlyDictionary<string, string> environment)
{
    public string? this[string name] => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public long Number(string name) =>
        long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
