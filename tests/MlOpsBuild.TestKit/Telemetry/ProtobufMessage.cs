using System.Buffers.Binary;
using System.Text;

namespace MlOpsBuild.TestKit.Telemetry;

/// <summary>A message in the wire format of Protocol Buffers, read without its definition: fields by number.</summary>
public sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    /// <summary>Reads <paramref name="content"/>.</summary>
    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public ProtobufMessage(ReadOnlySpan<byte> content)
    {
        while (content.Length > 0)
        {
            var tag = Varint(ref content);
            var (number, bytes) = ((ulong)0, Array.Empty<byte>());
            switch (tag & 7)
            {
                case 0:
                    number = Varint(ref content);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref content, 8));
                    break;
                case 2:
                    bytes = Take(ref content, (int)Varint(ref content)).ToArray();
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref content, 4));
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }

            _fields.Add(((int)(tag >> 3), number, bytes));
        }
    }

    /// <summary>The messages of a field, in order.</summary>
    public IEnumerable<ProtobufMessage> Messages(int field) => All(field).Select(found => new ProtobufMessage(found.Bytes));

    /// <summary>Those of a field of those of a field, and so on.</summary>
    public IEnumerable<ProtobufMessage> Path(params int[] fields) =>
        fields.Aggregate(Enumerable.Repeat(this, 1), (messages, field) => messages.SelectMany(message => message.Messages(field)));

    /// <summary>The text of a field; empty where there is none.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    /// <summary>The bytes of a field; empty where there is none.</summary>
    public byte[] Bytes(int field) => All(field).Select(found => found.Bytes).LastOrDefault([]);

    /// <summary>The whole number of a field; 0 where there is none.</summary>
    public ulong Number(int field) => All(field).Select(found => found.Number).LastOrDefault();

    /// <summary>The number of a field of type double; 0 where there is none.</summary>
    public double Fraction(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    /// <summary>The numbers of a packed field of eight bytes each.</summary>
    public IReadOnlyList<ulong> Packed(int field) =>
        [.. Bytes(field).Chunk(8).Select(eight => BinaryPrimitives.ReadUInt64LittleEndian(eight))];

    /// <summary>Whether the field is there.</summary>
    public bool Has(int field) => All(field).Any();

    private IEnumerable<(int Field, ulong Number, byte[] Bytes)> All(int field) => _fields.Where(found => found.Field == field);

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> content, int length)
    {
        if (length < 0 || length > content.Length)
        {
            throw new InvalidDataException("a field is cut short");
        }

        var taken = content[..length];
        content = content[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> content)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref content, 1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number is too long");
    }
}
