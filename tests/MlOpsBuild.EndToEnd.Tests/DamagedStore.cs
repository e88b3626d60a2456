using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A store that somebody or something damaged.</summary>
public sealed class DamagedStore(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task A_damaged_model_is_trained_again()
    {
        (await Checkout.RunAsync("Train")).Expect(0);
        var model = (await Checkout.LastRunAsync()).Model!.Value;
        await File.WriteAllTextAsync(Checkout.Store.Blobs.PathOf(model), "damaged");

        var again = (await Checkout.RunAsync("Train")).Expect(0);

        again.Output.ShouldContain("train runs: stored outputs are missing or damaged");
        (await Checkout.LastRunAsync()).Model.ShouldBe(model);
        (await Checkout.Store.Blobs.VerifyAsync(model, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_damaged_champion_keeps_serving_and_is_named_when_it_is_needed()
    {
        await Checkout.DeployAsync();
        var run = await Checkout.LastRunAsync();
        (await Checkout.RunAsync("Stop")).Expect(0);
        await File.WriteAllTextAsync(Checkout.Store.Blobs.PathOf(run.Model!.Value), "damaged");

        var refused = (await Checkout.RunAsync("Deploy", "--model-version", "1")).Expect(1);

        refused.Output.ShouldContain("Stored content does not match its name");
        Checkout.Processes().ShouldBeEmpty();
        await Checkout.DeployAsync();
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(Checkout.Root, ".mlops"), "a file, no folder");

        var refused = (await Checkout.RunAsync("Train")).Expect(2);

        refused.Output.ShouldContain("The store cannot be written");
        refused.Output.ShouldContain(Path.Combine(Checkout.Root, ".mlops"));
    }
}
