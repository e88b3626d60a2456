namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A fetch of a large branch is dear even when it brings nothing: whether there is anything is asked before.</summary>
public sealed class NothingNewTests
{
    private const string Fetch = "\"name\":\"fetch\"";

    [Fact]
    public async Task What_this_machine_sent_itself_is_not_fetched()
    {
        using var team = await TeamFixture.CreateAsync();
        var (a, b) = (await TracedAsync(team, "a"), await team.MachineAsync("b"));
        await a.SaveRunAsync();
        await a.SendAsync();
        File.Delete(team["trace"]);

        await a.ReceiveAsync();
        await a.SaveRunAsync();
        await a.SendAsync();

        (await File.ReadAllTextAsync(team["trace"])).ShouldNotContain(Fetch);
        await b.ReceiveAsync();
        var theirs = await b.SaveRunAsync();
        await b.SendAsync();

        await a.ReceiveAsync();

        (await File.ReadAllTextAsync(team["trace"])).ShouldContain(Fetch);
        (await a.RunAsync(theirs)).ShouldNotBeNull();
    }

    // git itself writes down what it was asked to do.
    private static Task<Machine> TracedAsync(TeamFixture team, string name) => team.MachineAsync(
        name,
        options => options with
        {
            Variables = new Dictionary<string, string>(options.Variables) { ["GIT_TRACE2_EVENT"] = team["trace"] },
        });
}
