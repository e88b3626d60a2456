namespace MlOpsBuild.Online.Tests;

/// <summary>What every online store does.</summary>
internal static class OnlineStoreContract
{
    public static readonly OnlineState State = new("sha256:1", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), 2, ["degrees", "sky"])
    {
        Newest = new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero).AddTicks(7),
    };

    private static readonly OnlineValue North =
        new("north", new(State.Newest!.Value.UtcTicks, State.Newest.Value.UtcTicks + 3), ["1.5", "\"dry\""]);

    private static readonly OnlineValue South = new("south|\"é\"", new(5, 5), ["null", "\"snow & ice\""]);

    /// <summary>Writes, finds, replaces.</summary>
    public static async Task KeepAsync(IOnlineStore writer, IOnlineStore reader)
    {
        (await reader.StateAsync("weather", CancellationToken.None)).ShouldBeNull();
        (await FindAsync(reader, "weather", "north")).State.ShouldBeNull();

        await writer.WriteAsync("weather", State, [North, South], CancellationToken.None);
        await writer.WriteAsync("stock", State with { Count = 0, Newest = null, Columns = [] }, [], CancellationToken.None);

        Same((await reader.StateAsync("weather", CancellationToken.None))!, State);
        var (state, values) = await UntilAsync(
            () => FindAsync(reader, "weather", "south|\"é\"", "east", "north"), found => found.State != null);
        Same(state!, State);
        Same(values[0]!, South);
        values[1].ShouldBeNull();
        Same(values[2]!, North);
        (await reader.StateAsync("stock", CancellationToken.None))!.Newest.ShouldBeNull();

        // What is written next takes the place of all.
        await writer.WriteAsync(
            "weather", State with { Snapshot = "sha256:2", Count = 1 }, [North with { Values = ["2", "null"] }], CancellationToken.None);
        var (next, later) = await UntilAsync(
            () => FindAsync(reader, "weather", "north", "south|\"é\""), found => found.State?.Snapshot == "sha256:2");
        next!.Count.ShouldBe(1);
        later[0]!.Values.ShouldBe(["2", "null"]);
        later[1].ShouldBeNull();

        // Several views at once, each answered in its place.
        var both = await reader.FindAsync(
            [new("stock", ["north"]), new("nothing", ["a"]), new("weather", ["north"])], CancellationToken.None);
        both.Select(answer => answer.State?.Count).ShouldBe([0, null, 1]);
        both.Select(answer => answer.Values.Single() != null).ShouldBe([false, false, true]);
    }

    /// <summary>Whoever asks while values are replaced finds the ones or the others.</summary>
    public static async Task ReplaceAsync(IOnlineStore writer, IOnlineStore reader)
    {
        string[] keys = [.. Enumerable.Range(0, 2500).Select(key => $"k{key}")];
        await WriteAllAsync(0);
        using var ended = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            var seen = new HashSet<string>();
            while (!ended.IsCancellationRequested)
            {
                var answer = (await reader.FindAsync([new("weather", keys)], CancellationToken.None))[0];
                var values = answer.Values.Select(value => value!.Values.Single()).Append(answer.State!.Snapshot).Distinct().ToList();
                seen.Add(values.ShouldHaveSingleItem());
            }

            return seen.Count;
        });
        for (var round = 1; round <= 5; round++)
        {
            await WriteAllAsync(round);
        }

        await UntilAsync(() => FindAsync(reader, "weather", "k1"), found => found.State!.Snapshot == "5");
        await ended.CancelAsync();
        (await asking).ShouldBeGreaterThan(0);

        Task WriteAllAsync(int round) => writer.WriteAsync(
            "weather", new($"{round}", DateTimeOffset.UnixEpoch, keys.Length, ["round"]),
            [.. keys.Select(key => new OnlineValue(key, new(1, 1), [$"{round}"]))], CancellationToken.None);
    }

    public static async Task<(OnlineState? State, IReadOnlyList<OnlineValue?> Values)> FindAsync(
        IOnlineStore store, string view, params string[] keys)
    {
        var answer = (await store.FindAsync([new(view, keys)], CancellationToken.None)).ShouldHaveSingleItem();
        return (answer.State, answer.Values);
    }

    // A store may take new values up a moment later.
    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> holds)
    {
        var found = await ask();
        for (var patience = 0; !holds(found) && patience < 500; patience++)
        {
            await Task.Delay(10);
            found = await ask();
        }

        return found;
    }

    private static void Same(OnlineState found, OnlineState wanted)
    {
        (found.Snapshot, found.At, found.Count, found.Newest).ShouldBe((wanted.Snapshot, wanted.At, wanted.Count, wanted.Newest));
        found.Columns.ShouldBe(wanted.Columns);
    }

    private static void Same(OnlineValue found, OnlineValue wanted)
    {
        (found.Key, found.Time).ShouldBe((wanted.Key, wanted.Time));
        found.Values.ShouldBe(wanted.Values);
    }
}
