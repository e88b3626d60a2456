using System.Text.RegularExpressions;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>From an address that serves to everything it comes from.</summary>
public sealed partial class ServedLineageTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task An_address_that_serves_leads_to_version_deployment_run_and_data()
    {
        try
        {
            (await _run.RunAsync<DeployingBuild>("Train", "Deploy")).ShouldBe(0, _run.Output);
            var address = Address().Match(_run.Output).Value;
            var record = (await _run.RecordsAsync()).ShouldHaveSingleItem();

            foreach (var written in (string[])
            [
                address, address + "predict", address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
            ])
            {
                (await _run.RunAsync<DeployingBuild>("Lineage", written)).ShouldBe(0, _run.Output);
                _run.Output.ShouldContain("version SmallDemand v1");
                _run.Output.ShouldContain("outcome: FirstServed");
                _run.Output.ShouldContain($"run {record.Id}");
                _run.Output.ShouldContain($"data {record.Data}");
            }

            (await _run.RunAsync<DeployingBuild>("Lineage", "http://127.0.0.1:1/")).ShouldBe(ExitCodes.WrongUsage);
            _run.Output.ShouldContain(address);

            await _run.RunAsync<DeployingBuild>("History", "--at", DateTimeOffset.UtcNow.ToString("O"));
            _run.Output.ShouldContain("SmallDemand: v1 served at");
            _run.Output.ShouldNotContain("stopped");
        }
        finally
        {
            await _run.RunAsync<DeployingBuild>("Stop");
        }

        await _run.RunAsync<DeployingBuild>("History", "--at", DateTimeOffset.UtcNow.ToString("O"));
        _run.Output.ShouldContain("But SmallDemand/local was stopped by");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();
}
