using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Files.Tests;

public sealed class NaturalOrderTests
{
    [Fact]
    public void Numbers_are_ordered_as_numbers_and_all_else_by_code_point() =>
        new[] { "part-10", "part-2", "Part-3", "part-2b", "part-02", "part", "part-99999999999999999999999", "a1b10", "a1b9", "a01b9" }
            .Order(NaturalOrder.Instance)
            .ShouldBe(
                ["Part-3", "a01b9", "a1b9", "a1b10", "part", "part-02", "part-2", "part-2b", "part-10", "part-99999999999999999999999"],
                ignoreOrder: false);

    [Fact]
    public void It_is_an_order_in_which_only_one_text_is_equal_to_itself()
    {
        var text = Gen.Elements("0", "1", "9", "00", "a", "b", "-", "10").ListOf().Select(string.Concat);

        Prop.ForAll(Arb.From(Gen.Zip(text, Gen.Zip(text, text))), texts =>
        {
            var (a, (b, c)) = texts;
            var order = NaturalOrder.Instance;
            return Math.Sign(order.Compare(a, b)) == -Math.Sign(order.Compare(b, a))
                && (order.Compare(a, b) != 0 || a == b)
                && !(order.Compare(a, b) < 0 && order.Compare(b, c) < 0 && order.Compare(a, c) >= 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
