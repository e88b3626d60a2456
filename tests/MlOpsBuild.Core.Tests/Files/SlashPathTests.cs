namespace MlOpsBuild.Core.Files.Tests;

public sealed class SlashPathTests
{
    [Fact]
    public void A_path_is_written_from_its_folder_on_with_slashes() =>
        SlashPath.From(Path.GetFullPath("data"), Path.GetFullPath(Path.Combine("data", "raw", "a.csv"))).ShouldBe("raw/a.csv");

    [Theory]
    [InlineData("data", "data", true)]
    [InlineData("data", "data/a.csv", true)]
    [InlineData("data", "database/a.csv", false)]
    [InlineData("data/a.csv", "data", false)]
    public void A_folder_holds_itself_and_what_lies_below(string folder, string path, bool holds) =>
        SlashPath.Holds(folder, path).ShouldBe(holds);
}
