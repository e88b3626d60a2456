using System.Text;

namespace MlOpsBuild.Core.Fields.Tests;

/// <summary>The first sixteen bytes are held in their order, with nothing behind the end.</summary>
public sealed class ShortTextTests
{
    [Fact]
    public void The_beginning_of_a_text_of_any_length_is_held()
    {
        for (var length = 0; length <= 20; length++)
        {
            byte[] text = [.. Enumerable.Range(1, length).Select(value => (byte)(200 + value))];
            var held = ShortText.Of(text);

            held.Length.ShouldBe(length);
            BitConverter.IsLittleEndian.ShouldBeTrue();
            byte[] bytes = [.. BitConverter.GetBytes(held.Low), .. BitConverter.GetBytes(held.High)];
            bytes.ShouldBe([.. text.Take(ShortText.Most), .. new byte[Math.Max(0, ShortText.Most - length)]]);
        }
    }

    [Fact]
    public void Texts_with_the_same_beginning_differ_by_their_length() =>
        ShortText.Of(Encoding.UTF8.GetBytes("a")).ShouldNotBe(ShortText.Of(Encoding.UTF8.GetBytes("a\0")));
}
