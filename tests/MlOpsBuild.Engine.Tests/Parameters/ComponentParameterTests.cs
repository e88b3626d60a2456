using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ComponentParameterTests : IDisposable
{
    private const string ReleasePrefix = "Release";
    private readonly TestRun _run = new();
    private readonly List<string> _problems = [];

    [ParameterPrefix(nameof(ReleasePrefix))]
    internal interface IRelease : INukeBuild
    {
        [Parameter] string? Version => TryGetValue(() => Version);

        [Parameter] int? Count => TryGetValue<int?>(() => Count);
    }

    [ParameterPrefix("Image")]
    internal interface IImage : INukeBuild
    {
        [Parameter] int? Version => TryGetValue<int?>(() => Version);
    }

    internal interface IHazSize : INukeBuild
    {
        [Parameter] int? Size => TryGetValue<int?>(() => Size);
    }

    internal interface IHazOtherSize : INukeBuild
    {
        [Parameter] string? Size => TryGetValue(() => Size);
    }

    internal interface IHazSameSize : INukeBuild
    {
        [Parameter] int Size => TryGetValue<int?>(() => Size) ?? 1;
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Prefix_keeps_two_components_apart()
    {
        var build = new Prefixed();

        (await _run.RunAsync(build, "Go", "--release-version", "v1", "--release-count=3", "--image-version", "7")).ShouldBe(0);

        IRelease release = build;
        (release.Version, release.Count, ((IImage)build).Version).ShouldBe(("v1", 3, 7));
    }

    [Fact]
    public async Task Prefixed_parameter_is_unknown_without_its_prefix()
    {
        (await _run.RunAsync(new Prefixed(), "Go", "--version", "v1")).ShouldBe(2);

        _run.Errors.Single().ShouldStartWith("Unknown parameter --version.");
    }

    [Fact]
    public async Task Prefix_is_part_of_the_variable()
    {
        _run.Environment["MLOPS_RELEASE_VERSION"] = "v1";
        _run.Environment["VERSION"] = "elsewhere";
        var build = new Prefixed();

        await _run.RunAsync(build, "Go");

        ((IRelease)build).Version.ShouldBe("v1");
    }

    [Fact]
    public void One_name_with_two_types_in_two_components_is_a_problem()
    {
        ParameterDeclaration.Of(typeof(Torn), _problems);

        _problems.Single().ShouldContain("--size is declared with different types by ");
        _problems.Single().ShouldContain("IHazSize (Int32)");
        _problems.Single().ShouldContain("IHazOtherSize (String)");
        _problems.Single().ShouldEndWith("give one of them a [ParameterPrefix].");
    }

    [Fact]
    public void Class_member_says_which_type_is_meant()
    {
        ParameterDeclaration.Of(typeof(Decided), _problems)
            .Single(declaration => declaration.Name == "size")
            .ValueType.ShouldBe(typeof(int));

        _problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_name_with_one_type_is_one_parameter()
    {
        var build = new Shared();

        (await _run.RunAsync(build, "Go", "--size", "5")).ShouldBe(0);

        (((IHazSize)build).Size, ((IHazSameSize)build).Size).ShouldBe((5, 5));
    }

    private sealed class Prefixed : NukeBuild, IRelease, IImage
    {
        public Target Go => _ => _.Executes(() => { });
    }

    private sealed class Torn : NukeBuild, IHazSize, IHazOtherSize;

    private sealed class Decided : NukeBuild, IHazSize, IHazOtherSize
    {
        [Parameter] public int Size { get; private set; }
    }

    private sealed class Shared : NukeBuild, IHazSize, IHazSameSize
    {
        public Target Go => _ => _.Executes(() => { });
    }
}
