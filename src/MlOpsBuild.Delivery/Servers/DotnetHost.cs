using System.Runtime.InteropServices;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>The <c>dotnet</c> executable that runs this process.</summary>
internal static class DotnetHost
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    public static string Path { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", Name)) is var beside
            && File.Exists(beside)
            ? beside
            : Name;
}
