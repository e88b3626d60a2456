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

    [Fact]
    public void Where_words_would_be_cut_in_two_rows_stand_one_below_the_other() =>
        TextTable.Of(
            ["Pipeline", "Environment", "Address", "Note"],
            [["Demand", "local", "http://127.0.0.1:38455/", ""], ["Churn", "docker", "http://127.0.0.1:41230/", "no canary runs now"]],
            color: true, width: 40)
        .ShouldBe("""
            Pipeline     Demand
            Environment  local
            Address      http://127.0.0.1:38455/

            Pipeline     Churn
            Environment  docker
            Address      http://127.0.0.1:41230/
            Note         no canary runs now


            """);

    private static string[] Lines(int width) => TextTable.Of(Headers, Rows, color: false, width: width).TrimEnd().Split('\n');
}
