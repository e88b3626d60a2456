using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class ServedRowsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static DataContract Contract { get; } = new("Tiny",
    [
        new() { Rule = new("hour", FieldKind.Whole, 0, 23), Property = "Hour" },
        new() { Rule = new("sky", FieldKind.Category, Categories: ["clear", "rain"]), Property = "Sky" },
        new() { Rule = new("email", FieldKind.Text), Property = "Email", PersonalData = true },
        new() { Rule = new("count", FieldKind.Whole), Property = "Count", Role = ColumnRole.Label },
    ]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Labels_find_their_predictions_across_files_and_the_first_one_counts()
    {
        Write(1, """
            {"at":"2026-11-01T10:00:00Z","id":"a","version":3,"features":{"hour":7,"sky":"rain","email":"0f"},"prediction":12.5,"ms":1}
            {"at":"2026-11-01T11:00:00Z","id":"b","version":3,"features":{"hour":8},"prediction":13,"ms":1}
            """);
        Write(2, """
            {"at":"2026-11-02T10:00:00Z","id":"a","label":14}
            {"at":"2026-11-03T10:00:00Z","id":"a","label":99}
            {"at":"2026-11-03T10:00:00Z","id":"nobody","label":1}
            """);

        var (versions, strayed) = await ReadAsync();

        strayed.ShouldBe(1);
        var rows = versions.ShouldHaveSingleItem();
        (rows.Version, rows.Count, rows.Labelled, rows.Labels[0], rows.Predictions[1].Value).ShouldBe((3, 2, 1, 14, 13));
        rows.Times[0].ShouldBe(new DateTime(2026, 11, 1, 10, 0, 0, DateTimeKind.Utc));
        rows.Columns.Keys.ShouldBe(["hour", "sky"]);
        (rows.Columns["hour"][1], rows.Columns["sky"][0], double.IsNaN(rows.Columns["sky"][1])).ShouldBe((8, 1, true));
    }

    [Fact]
    public async Task Texts_come_with_their_ratings_whether_they_were_kept_or_not()
    {
        Write(1, """
            {"at":"2026-11-01T10:00:00Z","id":"a","version":3,"features":{"hour":7},"prediction":{"answer":"billing"},"ms":1}
            {"at":"2026-11-01T10:00:01Z","id":"b","version":3,"features":{"hour":7},"prediction":1,"ms":1}
            {"at":"2026-11-01T11:00:00Z","id":"a","label":0.5}
            {"at":"2026-11-01T11:00:00Z","id":"b","label":1}
            """);

        var rows = (await ReadAsync()).Versions.ShouldHaveSingleItem();

        rows.Predictions.Select(prediction => (prediction.Text, prediction.Value)).ShouldBe([("billing", 1), (null, 1)]);
        rows.Labels.ShouldBe([0.5, 1]);
    }

    [Fact]
    public async Task Versions_are_told_apart_the_last_to_answer_at_the_end_and_torn_lines_are_passed_over()
    {
        Write(1, """
            {"at":"2026-11-01T10:00:00Z","id":"a","version":4,"features":{},"prediction":1,"ms":1}
            {"at":"2026-11-01T10:00:00Z","id":"b","version":4,"status":400}
            {"at":"2026-11-01T10:00:00Z","id":"c","version":4,"status":500}
            {"at":"2026-11-02T10:00:00Z","id":"d","version":3,"features":{"hour":99},"prediction":1,"ms":1}
            {"at":"2026-11-02T10:00:00Z","id":"e","vers
            """);

        var (versions, _) = await ReadAsync();

        versions.Select(rows => (rows.Version, rows.Count, rows.Refused.Count, rows.Failed.Count)).ShouldBe([(4, 1, 1, 1), (3, 1, 0, 0)]);
    }

    [Fact]
    public async Task No_log_is_no_rows() => (await ReadAsync()).Versions.ShouldBeEmpty();

    private Task<(IReadOnlyList<ServedRows> Versions, int Strayed)> ReadAsync() =>
        new ServedRowsReader(Contract).ReadAsync(_folder["log"], DateTime.MinValue, CancellationToken.None);

    private void Write(int number, string lines)
    {
        Directory.CreateDirectory(_folder["log"]);
        File.WriteAllText(Path.Combine(_folder["log"], $"predictions-0000000{number}.jsonl"), lines);
    }
}
