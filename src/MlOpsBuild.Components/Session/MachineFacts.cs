using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Components.Session;

/// <summary>Facts of the machine that belong in a run record.</summary>
internal static class MachineFacts
{
    public static IReadOnlyDictionary<string, string> Read() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["os"] = RuntimeInformation.OSDescription,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
    };
}
