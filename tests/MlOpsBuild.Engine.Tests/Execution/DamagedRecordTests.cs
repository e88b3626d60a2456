using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class DamagedRecordTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("""{ "invoked": ["Go"], "targets": [null], "parameters": [] }""")]
    [InlineData("""{ "invoked": ["Go"], "targets": [], "parameters": [null] }""")]
    [InlineData("""{ "invoked": ["Go"], "targets": [], "parameters": [{ "name": "x", "value": null, "source": "y" }] }""")]
    public async Task Record_with_holes_is_no_record(string record)
    {
        _run.Write(".mlops/last-run.json", record);

        (await _run.RunAsync(new Sample(), "Go", "--continue")).ShouldBe(0);
    }

    private sealed class Sample : NukeBuild
    {
        public Target Go => _ => _.Executes(() => { });
    }
}
