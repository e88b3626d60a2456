using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Online.Tests;

public sealed class FileOnlineStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public Task It_keeps_the_contract() => OnlineStoreContract.KeepAsync(Store(), Store());

    [Fact]
    public Task Nobody_finds_some_of_both() => OnlineStoreContract.ReplaceAsync(Store(), Store());

    [Fact]
    public async Task Files_never_change_and_the_last_two_are_kept()
    {
        for (var round = 0; round < 4; round++)
        {
            await WriteAsync($"{round}");
        }

        Directory.GetFiles(_folder["features/weather"], "*.jsonl").Length.ShouldBe(2);
        await WriteAsync("3");
        Directory.GetFiles(_folder["features/weather"], "*.jsonl").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_else_can_read_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await WriteAsync("1");
        var file = Directory.GetFiles(_folder["features/weather"], "*.jsonl").ShouldHaveSingleItem();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_what_is_written_next_is_found()
    {
        await WriteAsync("1");
        var file = Directory.GetFiles(_folder["features/weather"], "*.jsonl").ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Split('\n')[0]);
        var reader = Store();

        (await Should.ThrowAsync<StageFailedException>(reader.FindAsync([new("weather", ["a"])], CancellationToken.None)))
            .Findings.Single().Code.ShouldBe("MLB1302");

        await WriteAsync("2");
        await Task.Delay(150);
        await Should.NotThrowAsync(async () =>
        {
            for (var patience = 0; patience < 100; patience++)
            {
                try
                {
                    (await OnlineStoreContract.FindAsync(reader, "weather", "a")).State!.Snapshot.ShouldBe("2");
                    return;
                }
                catch (StageFailedException) when (patience < 99)
                {
                    await Task.Delay(20);
                }
            }
        });
    }

    [Fact]
    public async Task Who_asks_first_after_new_values_were_written_gets_them()
    {
        await WriteAsync("1");
        var time = new LaterTime();
        await using var reader = new FileOnlineStore(_folder["features"], time) { Brief = TimeSpan.FromMinutes(1) };
        (await OnlineStoreContract.FindAsync(reader, "weather", "a")).State!.Snapshot.ShouldBe("1");

        await WriteAsync("2");
        time.Later += TimeSpan.FromSeconds(12);

        (await OnlineStoreContract.FindAsync(reader, "weather", "a")).State!.Snapshot.ShouldBe("2");
    }

    [Fact]
    public async Task What_one_store_has_another_takes()
    {
        await WriteAsync("1");
        var content = (await Store().ContentAsync("weather", CancellationToken.None)).ShouldNotBeNull();
        var other = new FileOnlineStore(_folder["elsewhere"], TimeProvider.System);
        (await other.ContentAsync("weather", CancellationToken.None)).ShouldBeNull();

        await other.TakeAsync("weather", content, CancellationToken.None);

        (await other.ContentAsync("weather", CancellationToken.None)).ShouldBe(content);
        (await OnlineStoreContract.FindAsync(other, "weather", "a")).State!.Snapshot.ShouldBe("1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no JSON")]
    [InlineData("""{"snapshot":"1","at":"2026-11-30T00:00:00+00:00","count":2,"columns":["x"]}""")]
    public async Task What_is_not_whole_is_not_taken(string content)
    {
        await WriteAsync("1");

        (await Should.ThrowAsync<StageFailedException>(
                Store().TakeAsync("weather", System.Text.Encoding.UTF8.GetBytes(content), CancellationToken.None)))
            .Findings.Single().Code.ShouldBe("MLB1302");
        (await Store().StateAsync("weather", CancellationToken.None))!.Snapshot.ShouldBe("1");
    }

    [Fact]
    public async Task A_pointer_to_nothing_is_told()
    {
        await WriteAsync("1");
        Directory.GetFiles(_folder["features/weather"], "*.jsonl").ToList().ForEach(File.Delete);

        (await Should.ThrowAsync<StageFailedException>(Store().StateAsync("weather", CancellationToken.None)))
            .Findings.Single().Code.ShouldBe("MLB1302");
    }

    [Fact]
    public async Task The_same_values_are_the_same_bytes()
    {
        await WriteAsync("1");
        var before = Directory.GetFiles(_folder["features/weather"], "*.jsonl").Single();
        await WriteAsync("1");

        Directory.GetFiles(_folder["features/weather"], "*.jsonl").ShouldBe([before]);
    }

    public void Dispose() => _folder.Dispose();

    private FileOnlineStore Store() => new(_folder["features"], TimeProvider.System);

    private Task WriteAsync(string snapshot) => Store().WriteAsync(
        "weather", new(snapshot, DateTimeOffset.UnixEpoch, 1, ["x"]), [new("a", new(1, 1), ["1"])], CancellationToken.None);

    // The system's, and some time after it.
    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);
    }
}
