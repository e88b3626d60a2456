using System.Globalization;
using System.Text;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Predictions.Tests;

public sealed class LogFilesTests : IDisposable
{
    private const int Line = 60;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_oldest_goes_for_the_newest_and_its_predictions_wait_no_longer()
    {
        using var files = new LogFiles(new(_folder["log"], 16 * 10 * Line));
        files.ReadEarlier(CancellationToken.None);

        for (var i = 0; i < 1000; i++)
        {
            files.Append(Text(i), [(ulong)i]);
            Size().ShouldBeLessThanOrEqualTo(16 * 10 * Line);
        }

        var first = Directory.GetFiles(_folder["log"]).Order().SelectMany(File.ReadLines).First();
        first.ShouldContain("\"id\":\"8"); // 1000 lines were written, the newest 150 or 160 are kept
        files.Waits(999).ShouldBeTrue();
        files.Waits(100).ShouldBeFalse();
    }

    [Fact]
    public void A_torn_line_is_passed_over_and_a_new_process_begins_a_file_of_its_own()
    {
        Directory.CreateDirectory(_folder["log"]);
        var earlier = Path.Combine(_folder["log"], "predictions-00000041.jsonl");
        File.WriteAllText(
            earlier,
            """
            {"id":"a","version":1}
            {"id":"b","version":1}
            {"id":"a","label":1}
            {"id":"c
            """);
        using var files = new LogFiles(new(_folder["log"]));

        files.ReadEarlier(CancellationToken.None);
        files.Append(Text(7), [7]);

        (files.Waits(LoggedId.Of("a")), files.Waits(LoggedId.Of("b")), files.Waits(LoggedId.Of("c"))).ShouldBe((false, true, false));
        File.ReadAllText(Path.Combine(_folder["log"], "predictions-00000042.jsonl")).ShouldBe(Encoding.UTF8.GetString(Text(7)));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Nobody_else_reads_them()
    {
        using var files = new LogFiles(new(_folder["log"]));
        files.Append(Text(1), [1]);

        File.GetUnixFileMode(Directory.GetFiles(_folder["log"]).Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (File.GetUnixFileMode(_folder["log"]) & UnixFileMode.OtherRead).ShouldBe((UnixFileMode)0);
    }

    private long Size() => Directory.GetFiles(_folder["log"]).Sum(file => new FileInfo(file).Length);

    private static byte[] Text(int id) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"{id}\",\"version\":1}}").PadRight(Line - 1) + "\n");
}
