using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Hosting.Tests;

public sealed class ServerLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_have_their_time_and_are_appended()
    {
        Write("one");
        Write("two");

        File.ReadAllLines(_folder["server.log"])
            .ShouldBe(["2026-11-21T12:00:00.0000000+00:00 one", "2026-11-21T12:00:00.0000000+00:00 two"]);
    }

    [Fact]
    public void A_line_can_be_read_while_the_log_is_open()
    {
        using var log = new ServerLog(_folder["server.log"], new ManualTime());
        log.Write("ready");

        using var reader = new StreamReader(new FileStream(_folder["server.log"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        reader.ReadToEnd().ShouldContain("ready");
    }

    [Fact]
    public void A_large_log_is_moved_aside_once_and_never_grows_beyond_twice_its_size()
    {
        using (var log = new ServerLog(_folder["server.log"], new ManualTime()))
        {
            var line = new string('x', 64 * 1024);
            for (var i = 0; i < 200; i++)
            {
                log.Write(line);
            }

            log.Write("the newest line");
        }

        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["server.log", "server.log.1"], ignoreOrder: true);
        Directory.GetFiles(_folder.Path).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(9 * 1024 * 1024);
        File.ReadAllText(_folder["server.log"]).ShouldEndWith("the newest line\n");
    }

    private void Write(string line)
    {
        using var log = new ServerLog(_folder["server.log"], new ManualTime());
        log.Write(line);
    }
}
