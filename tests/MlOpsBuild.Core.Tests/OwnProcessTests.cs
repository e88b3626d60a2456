using System.Diagnostics;

namespace MlOpsBuild.Core.Tests;

public sealed class OwnProcessTests : IDisposable
{
    private readonly string _path = $"/ours/{Guid.NewGuid():N}";
    private readonly Process _process;

    // The shell runs sleep and stays, with the path among its arguments.
    public OwnProcessTests() =>
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 600; true", _path]) { RedirectStandardInput = true })!;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_process_is_found_by_the_path_it_names_with_or_without_its_id(bool knowsId)
    {
        using var found = OwnProcess.Find(knowsId ? _process.Id : 0, _path, DateTimeOffset.MinValue);

        found.ShouldNotBeNull().Id.ShouldBe(_process.Id);
    }

    [Fact]
    public void Somebody_elses_process_under_our_id_is_not_ours() =>
        OwnProcess.Find(Environment.ProcessId, _path, DateTimeOffset.UtcNow.AddDays(1)).ShouldBeNull();

    [Fact]
    public void A_process_that_has_ended_is_not_found()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();

        OwnProcess.Find(_process.Id, _path, DateTimeOffset.MinValue).ShouldBeNull();
        OwnProcess.Find(0, _path, DateTimeOffset.MinValue).ShouldBeNull();
    }

    [Fact]
    public void A_path_that_every_command_line_names_is_refused() =>
        Should.Throw<ArgumentException>(() => OwnProcess.Find(0, "", DateTimeOffset.MinValue));
}
