using System.Text;
using System.Text.Json;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Upstreams;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Predictions.Tests;

public sealed class PredictionLogTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerLog _log;

    public PredictionLogTests() => _log = new(_folder["server.log"], TimeProvider.System);

    private static UpstreamAnswer Answer { get; } =
        new(200, Encoding.UTF8.GetBytes("""{"prediction":1.5,"version":1,"id":"a"}"""), TimeSpan.FromMilliseconds(2));

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task All_that_was_taken_down_is_written_in_its_order_when_the_gateway_stops()
    {
        await using (var log = Open("log"))
        {
            for (var i = 0; i < 2000; i++)
            {
                log.Answered($"id-{i}", RouteTable.Empty, 1, "{}"u8.ToArray(), Answer);
            }
        }

        Written("log").Select(entry => entry.Id).ShouldBe(Enumerable.Range(0, 2000).Select(i => $"id-{i}"));
    }

    [Fact]
    public async Task What_it_cannot_keep_up_with_is_counted_and_labels_are_never_left_out()
    {
        long left;
        await using (var log = Open("log"))
        {
            // Two bodies of ten megabytes are more than may wait.
            var large = new byte[10 * 1024 * 1024];
            Array.Fill(large, (byte)' ');
            "{}"u8.CopyTo(large);
            for (var i = 0; i < 8; i++)
            {
                log.Answered($"id-{i}", RouteTable.Empty, 1, large, Answer);
                log.Labelled($"id-{i}", RouteTable.Empty, i);
            }

            left = log.LeftOut;
        }

        var written = Written("log");
        left.ShouldBeGreaterThan(0);
        written.Count(entry => entry.Prediction != null).ShouldBe(8 - (int)left);
        written.Count(entry => entry.Label != null).ShouldBe(8);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_nothing_is_counted_and_told_once()
    {
        await File.WriteAllTextAsync(_folder["log"], "a file where the folder should be");
        long left;
        await using (var log = Open("log"))
        {
            log.Answered("a", RouteTable.Empty, 1, "{}"u8.ToArray(), Answer);
            while ((left = log.LeftOut) == 0)
            {
                await Task.Yield();
            }
        }

        left.ShouldBe(1);
        _log.Dispose();
        (await File.ReadAllTextAsync(_folder["server.log"])).ShouldContain("predictions cannot be written");
    }

    [Theory]
    [InlineData("""{"prediction":2.5,"version":1,"id":"a"}""", 2.5)]
    [InlineData("""{"label":"yes","probability":0.25,"version":1,"id":"a"}""", 0.25)]
    [InlineData("""{ "id":"a", "version":1, "outOfRange":true, "prediction":1e3 }""", 1000)]
    [InlineData("""[{"prediction":7,"version":1,"id":"a-0"}]""", 7)]
    public async Task Every_form_of_an_answer_is_read(string answer, double prediction)
    {
        await using (var log = Open("log"))
        {
            var body = answer.StartsWith('[') ? "[{}]" : "{}";
            log.Answered("a", RouteTable.Empty, 1, Encoding.UTF8.GetBytes(body), Answer with { Body = Encoding.UTF8.GetBytes(answer) });
        }

        Written("log").ShouldHaveSingleItem().Prediction!.Value.Value.ShouldBe(prediction);
    }

    [Fact]
    public async Task Of_many_classes_every_probability_is_kept()
    {
        await using (var log = Open("log"))
        {
            log.Answered("a", RouteTable.Empty, 1, "{}"u8.ToArray(), Answer with
            {
                Body = Encoding.UTF8.GetBytes(
                    """{"label":"b","probabilities":{"a":0.2,"b":0.5,"c":0.3},"version":1,"id":"a"}"""),
            });
        }

        Written("log").ShouldHaveSingleItem().Prediction.ShouldBe(new Scoring.Prediction([0.2, 0.5, 0.3]));
    }

    private PredictionLog Open(string folder) => new(new(_folder[folder]), "secret", TimeProvider.System, _log);

    private List<LogEntry> Written(string folder) =>
    [
        .. Directory.GetFiles(_folder[folder], PredictionLogPlace.Pattern).Order().SelectMany(File.ReadLines)
            .Select(line => JsonSerializer.Deserialize<LogEntry>(line, JsonAnswer.OneLine)!)
    ];
}
