namespace MlOpsBuild.Engine.Output.Tests;

public sealed class TextTableTests
{
    private static readonly string[] Headers = ["Gate", "Verdict", "Evidence"];
    private static readonly string[][] Rows =
        [["RMSE not worse than champion by more than 2 %", "Passed", "better, for certain: the whole interval lies below nothing"]];

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(140)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Lines(width).Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);

    [Fact]
    public void Only_words_of_the_last_column_wrap_where_there_is_room() => Lines(100)
        .Count(line => line.Contains("Passed", StringComparison.Ordinal) || line.Contains("2 %", StringComparison.Ordinal))
        .ShouldBe(1);

    [Fact]
    public void A_narrow_terminal_keeps_every_word()
    {
        var cells = Lines(40).Where(line => line.StartsWith('|')).SelectMany(line => line.Split('|', StringSplitOptions.TrimEntries));
        var words = string.Join(' ', cells).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Rows[0].SelectMany(cell => cell.Split(' ')).Except(words).ShouldBeEmpty();
    }

    private static string[] Lines(int width) => TextTable.Of(Headers, Rows, color: false, width: width).TrimEnd().Split('\n');
}
