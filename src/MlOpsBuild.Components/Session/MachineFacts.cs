using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Components.Session;

/// <summary>Facts of the machine that belong in a run record.</summary>
internal static class MachineFacts
{
    /// <param name="server">The build server; null on somebody's own machine.</param>
    public static IReadOnlyDictionary<string, string> Read(string? server = null)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["os"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
        };
        if (server != null)
        {
            facts["server"] = server;
        }

        return facts;
    }
}
