using MlOpsBuild.Engine.Definition;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.CI.Tests;

public sealed class PartitionTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Part_gets_its_share_and_all_parts_together_get_everything()
    {
        var all = new List<int>();
        for (var part = 1; part <= 4; part++)
        {
            (await _run.RunAsync(_build, "Test", "--partition", $"{part}/4")).ShouldBe(0);
            all.AddRange(_build.Share);
        }

        _build.Share.ShouldBe([4, 8]);
        all.Order().ShouldBe(Enumerable.Range(1, 9));
    }

    [Theory]
    [InlineData]
    [InlineData("--partition", "1/1")]
    public async Task Without_a_partition_it_does_everything(params string[] arguments)
    {
        (await _run.RunAsync(_build, ["Test", .. arguments])).ShouldBe(0);

        _build.Share.ShouldBe(Enumerable.Range(1, 9));
    }

    [Fact]
    public async Task Other_number_of_parts_is_refused()
    {
        (await _run.RunAsync(_build, "Test", "--partition", "2/3")).ShouldBe(2);

        _run.Errors.ShouldBe(["Target Test is cut into 4 parts; --partition 2/3 names 3."]);
    }

    [Fact]
    public async Task Target_that_is_left_out_does_not_mind() =>
        (await _run.RunAsync(_build, "Other", "--partition", "2/3", "--skip", "Test")).ShouldBe(0);

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("2")]
    [InlineData("2/")]
    [InlineData("a/b")]
    [InlineData("-1/4")]
    [InlineData("1/2/3")]
    public async Task What_is_no_part_is_refused(string text)
    {
        (await _run.RunAsync(_build, "Test", $"--partition={text}")).ShouldBe(2);

        _run.Errors.ShouldBe([$"--partition '{text}' (command line) is not a part such as 2/4."]);
    }

    [Fact]
    public void One_part_is_no_partition() => Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Whole())).Message
        .ShouldBe("Target 'Test' is cut into 1 parts; more than one is expected.");

    private sealed class Sample : NukeBuild
    {
        public int[] Share { get; private set; } = [];

        public Target Test => _ => _.Partition(4).Executes(() => Share = [.. Partition.GetCurrent(Enumerable.Range(1, 9))]);

        public Target Other => _ => _.DependsOn(Test).Executes(() => { });
    }

    private sealed class Whole : NukeBuild
    {
        public Target Test => _ => _.Partition(1);
    }
}
