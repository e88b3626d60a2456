using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Definition.Tests;

public sealed class WrongDefinitionTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    // Today the exception leaves the build.
    [Fact]
    public async Task Limit_that_cannot_be_is_told_as_a_problem() => (await _run.RunAsync(new WrongLimit(), "A")).ShouldBe(2);

    [Fact]
    public async Task Retry_that_cannot_be_is_told_as_a_problem() => (await _run.RunAsync(new WrongRetry(), "A")).ShouldBe(2);

    [Fact]
    public void Target_that_extends_its_base_may_be_inherited_by_another() =>
        TargetCatalog.Of(new Derived()).Find("Other")!.Products.ShouldBe(["base", "derived"]);

    private sealed class WrongLimit : NukeBuild
    {
        public Target A => _ => _.Timeout(TimeSpan.Zero);
    }

    private sealed class WrongRetry : NukeBuild
    {
        public Target A => _ => _.Retry(-1);
    }

    private abstract class BaseBuild : NukeBuild
    {
        public virtual Target Shared => _ => _.Produces("base");
    }

    private sealed class Derived : BaseBuild
    {
        public override Target Shared => _ => _.Base().Produces("derived");

        public Target Other => _ => _.Inherit(Shared);
    }
}
