namespace MlOpsBuild.Core.Views.Tests;

public sealed class EntityKeyTests
{
    [Fact]
    public void Keys_of_other_parts_are_other_keys() => new[]
    {
        EntityKey.Of(["a|b"]), EntityKey.Of(["a", "b"]), EntityKey.Of(["a\\", "b"]), EntityKey.Of(["a", "\\b"]), EntityKey.Of(["a\\|b"]),
    }.ShouldBeUnique();

    [Fact]
    public void A_part_that_is_missing_is_nobody()
    {
        EntityKey.Of(["a", null]).ShouldBeNull();
        EntityKey.Of([""]).ShouldBeNull();
        EntityKey.Of(["7"]).ShouldBe("7");
    }
}
