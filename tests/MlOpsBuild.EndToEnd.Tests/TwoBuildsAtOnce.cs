using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>One checkout, two builds.</summary>
public sealed class TwoBuildsAtOnce(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task Both_end_and_one_champion_serves()
    {
        var results = await Task.WhenAll(Checkout.RunAsync("Train", "Deploy"), Checkout.RunAsync("Train", "Deploy"));

        results.ShouldContain(result => result.ExitCode == 0, string.Join("\n\n", results.Select(result => result.Output)));
        foreach (var failed in results.Where(result => result.ExitCode != 0))
        {
            failed.Output.ShouldContain("Another build holds the lock");
        }

        (await Checkout.RunAsync("VerifyAudit")).Expect(0);
        (await Checkout.ChampionAsync()).ShouldBe(1);
        (await Checkout.Store.Versions(Checkout.Pipeline).AllAsync(CancellationToken.None))
            .Count.ShouldBe(1, "the same bundle is the same version");
        (await Checkout.Store.Versions(Checkout.Pipeline).HistoryAsync("champion", CancellationToken.None)).Count.ShouldBe(1);
        Checkout.Processes().Count.ShouldBe(2);
        (await Checkout.DeployAsync()).Output.ShouldContain("0 stages executed, 0 processes started");
    }
}
