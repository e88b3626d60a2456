namespace MlOpsBuild.Engine.Tests;

public sealed class BrokenHookTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    // Today the exception leaves the build: no summary, no record.
    [Theory]
    [InlineData("created")]
    [InlineData("initialized")]
    [InlineData("skipped A")]
    public async Task Hook_that_throws_fails_the_build_with_a_sentence(string hook)
    {
        (await _run.RunAsync(new Hooked(hook), "A", "B")).ShouldBe(1);

        _run.Output.ShouldContain("the hook is broken");
    }

    private sealed class Hooked(string hook) : NukeBuild
    {
        public Target A => _ => _.OnlyWhenStatic(() => false).Executes(() => { });

        public Target B => _ => _.Executes(() => { });

        protected internal override void OnBuildCreated() => Note("created");

        protected internal override void OnBuildInitialized() => Note("initialized");

        protected internal override void OnTargetSkipped(string target) => Note($"skipped {target}");

        private void Note(string call)
        {
            if (call == hook)
            {
                throw new InvalidOperationException("the hook is broken");
            }
        }
    }
}
