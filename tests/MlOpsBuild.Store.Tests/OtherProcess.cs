using System.Diagnostics;

namespace MlOpsBuild.Store.Tests;

/// <summary>Another build on the same machine, for tests of what happens when it is in the way or dies.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Runs <see cref="Program"/> with these arguments; complete when it said that it is ready.</summary>
    public static async Task<OtherProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(DotNet(), [typeof(OtherProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var other = new OtherProcess(Process.Start(start)!);
        (await other._process.StandardOutput.ReadLineAsync()).ShouldBe(Program.Ready);
        return other;
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string DotNet() =>
        Path.GetFullPath(
            Path.Combine(typeof(object).Assembly.Location, "../../../../", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
