namespace MlOpsBuild.Core.Tests;

public sealed class SilentProgressTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a line")]
    [InlineData(null)]
    public void It_hears_everything_and_tells_nobody(string? text)
    {
        var heard = SilentProgress.Instance;

        Should.NotThrow(() => heard.Report(text!));
    }

    [Fact]
    public void There_is_one_of_it()
    {
        var first = SilentProgress.Instance;

        SilentProgress.Instance.ShouldBeSameAs(first);
    }
}
