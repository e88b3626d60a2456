using System.Diagnostics;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What a unit of systemd starts after a reboot serves what served before.</summary>
public sealed class AfterAReboot(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task The_unit_brings_gateway_and_servers_back_on_their_ports()
    {
        Checkout.Environment["XDG_STATE_HOME"] = Path.Combine(Checkout.Runtime, "mlops-state");
        Checkout.Environment["XDG_CONFIG_HOME"] = Path.Combine(Checkout.Runtime, "config");
        var deployed = await Checkout.DeployAsync("--unit");
        var unit = Directory.GetFiles(Path.Combine(Checkout.Runtime, "config", "systemd", "user")).ShouldHaveSingleItem();
        deployed.Output.ShouldContain($"systemctl --user enable {Path.GetFileName(unit)}");
        ProcessTable.Kill(Checkout.Processes("gateway"));
        ProcessTable.Kill(Checkout.Processes("serve"));

        var command = File.ReadLines(unit).Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        using var started = Process.Start("/bin/sh", ["-c", command + " >/dev/null 2>&1 &"]);

        using var caller = new Caller(deployed.Address);
        await Eventually.HoldsAsync(() => Answers(caller), "the version serves again at its address");
        (await Checkout.RunAsync("Status")).Expect(0).Output.ShouldContain("serving");
    }

    private static bool Answers(Caller caller)
    {
        try
        {
            return caller.PredictAsync().GetAwaiter().GetResult().Status == System.Net.HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
