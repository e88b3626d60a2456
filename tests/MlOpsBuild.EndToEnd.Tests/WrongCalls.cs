using System.Net;
using System.Net.Sockets;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Calls that cannot be done as asked: exit code 2, before anything is changed.</summary>
public sealed class WrongCalls(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task An_unknown_target_is_answered_with_the_one_that_was_meant()
    {
        var refused = (await Checkout.RunAsync("Trian")).Expect(2);

        refused.Output.ShouldContain("Unknown target 'Trian'. Did you mean Train?");
        refused.Output.ShouldContain("Nothing was run");
        Directory.Exists(Path.Combine(Checkout.Root, ".mlops")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_parameter_is_answered_with_the_one_that_was_meant() =>
        (await Checkout.RunAsync("Train", "--dta", "x.csv"))
            .Expect(2)
            .Output.ShouldContain("Unknown parameter --dta. Did you mean --data?");

    [Fact]
    public async Task A_port_in_use_is_named_and_nothing_is_left_running()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var refused = (await Checkout.RunAsync("Train", "Deploy", "--port", port.ToString())).Expect(2);

        refused.Output.ShouldContain("The port is in use");
        refused.Output.ShouldContain($":{port}");
        Checkout.Processes().ShouldBeEmpty();
        (await Checkout.ChampionAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_version_is_answered_with_the_known_ones()
    {
        (await Checkout.RunAsync("Package")).Expect(0);

        (await Checkout.RunAsync("Deploy", "--model-version", "7")).Expect(2).Output.ShouldContain("expected 1 to 1");
    }
}
