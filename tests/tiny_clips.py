"""Tiny pipelines that make clips, one for each family that BookFilm knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tiny_parts import clip_text, clip_tokenizer, ddim, letters, pairs, t5, t5_tokenizer, vae

if TYPE_CHECKING:
    from pathlib import Path


def model_scope(folder: Path) -> Any:
    from diffusers import TextToVideoSDPipeline, UNet3DConditionModel

    unet = UNet3DConditionModel(
        block_out_channels=(8, 8), layers_per_block=1, sample_size=32, in_channels=4, out_channels=4,
        down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"), up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"),
        cross_attention_dim=32, attention_head_dim=4, norm_num_groups=2,
    )  # fmt: skip
    return TextToVideoSDPipeline(
        unet=unet, vae=vae(), text_encoder=clip_text(), tokenizer=clip_tokenizer(folder / "words"),
        scheduler=ddim(),
    )  # fmt: skip


def animate_diff(folder: Path) -> Any:
    from diffusers import AnimateDiffPipeline, MotionAdapter, UNet2DConditionModel

    unet = UNet2DConditionModel(
        block_out_channels=(8, 8), layers_per_block=2, sample_size=8, in_channels=4, out_channels=4,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=32, norm_num_groups=2,
    )  # fmt: skip
    motion = MotionAdapter(
        block_out_channels=(8, 8), motion_layers_per_block=2, motion_norm_num_groups=2, motion_num_attention_heads=4,
    )  # fmt: skip
    return AnimateDiffPipeline(
        unet=unet, motion_adapter=motion, vae=vae(), text_encoder=clip_text(),
        tokenizer=clip_tokenizer(folder / "words"), scheduler=ddim(),
    )  # fmt: skip


def stable_video(_folder: Path) -> Any:
    from diffusers import (
        AutoencoderKLTemporalDecoder,
        EulerDiscreteScheduler,
        StableVideoDiffusionPipeline,
        UNetSpatioTemporalConditionModel,
    )
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

    unet = UNetSpatioTemporalConditionModel(
        block_out_channels=(32, 64), layers_per_block=2, sample_size=32, in_channels=8, out_channels=4,
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"), cross_attention_dim=32,
        num_attention_heads=8, projection_class_embeddings_input_dim=96, addition_time_embed_dim=32,
    )  # fmt: skip
    vae = AutoencoderKLTemporalDecoder(
        block_out_channels=[32, 64], in_channels=3, out_channels=3, down_block_types=["DownEncoderBlock2D"] * 2,
        latent_channels=4,
    )  # fmt: skip
    vision = CLIPVisionConfig(
        hidden_size=32, projection_dim=32, num_hidden_layers=2, num_attention_heads=4, image_size=224, patch_size=56,
        intermediate_size=37,
    )  # fmt: skip
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", interpolation_type="linear",
        prediction_type="v_prediction", sigma_max=700.0, sigma_min=0.002, timestep_spacing="leading",
        timestep_type="continuous", use_karras_sigmas=True,
    )  # fmt: skip
    return StableVideoDiffusionPipeline(
        unet=unet, vae=vae, image_encoder=CLIPVisionModelWithProjection(vision), scheduler=scheduler,
        feature_extractor=CLIPImageProcessor(crop_size=224, size=224),
    )  # fmt: skip


def _wan_parts(channels: int = 16) -> dict[str, Any]:
    from diffusers import AutoencoderKLWan, FlowMatchEulerDiscreteScheduler, WanTransformer3DModel

    vae = AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )
    transformer = WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=channels, out_channels=16,
        text_dim=32, freq_dim=256, ffn_dim=32, num_layers=2, cross_attn_norm=True,
        qk_norm="rms_norm_across_heads", rope_max_seq_len=32,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "text_encoder": t5("UMT5EncoderModel"),
        "tokenizer": t5_tokenizer(),
    }


def wan(_folder: Path) -> Any:
    from diffusers import WanPipeline

    return WanPipeline(**_wan_parts())


def wan_from_a_picture(_folder: Path) -> Any:
    from diffusers import WanImageToVideoPipeline

    # The clip, the first frame, and a mask that says which frames are given
    return WanImageToVideoPipeline(**_wan_parts(channels=16 + 16 + 4))


def _ltx_parts() -> dict[str, Any]:
    from diffusers import AutoencoderKLLTXVideo, FlowMatchEulerDiscreteScheduler, LTXVideoTransformer3DModel

    transformer = LTXVideoTransformer3DModel(
        in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4, attention_head_dim=8,
        cross_attention_dim=32, num_layers=1, caption_channels=32,
    )  # fmt: skip
    vae = AutoencoderKLLTXVideo(
        in_channels=3, out_channels=3, latent_channels=8, block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8), layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1), spatio_temporal_scaling=(True, True, False, False),
        decoder_spatio_temporal_scaling=(True, True, False, False), decoder_inject_noise=(False,) * 5,
        upsample_residual=(False,) * 4, upsample_factor=(1,) * 4, timestep_conditioning=False, patch_size=1,
        patch_size_t=1, encoder_causal=True, decoder_causal=False,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(),
        "text_encoder": t5(),
        "tokenizer": t5_tokenizer(),
    }


def ltx(_folder: Path) -> Any:
    from diffusers import LTXPipeline

    return LTXPipeline(**_ltx_parts())


def ltx_from_a_picture(_folder: Path) -> Any:
    from diffusers import LTXImageToVideoPipeline

    return LTXImageToVideoPipeline(**_ltx_parts())


def _cog_video_parts(channels: int = 4) -> dict[str, Any]:
    from diffusers import AutoencoderKLCogVideoX, CogVideoXTransformer3DModel

    transformer = CogVideoXTransformer3DModel(
        num_attention_heads=4, attention_head_dim=8, in_channels=channels, out_channels=4, time_embed_dim=2,
        text_embed_dim=32, num_layers=1, sample_width=8, sample_height=8, sample_frames=9, patch_size=2,
        temporal_compression_ratio=4, max_text_seq_length=226,
    )  # fmt: skip
    vae = AutoencoderKLCogVideoX(
        in_channels=3, out_channels=3, down_block_types=("CogVideoXDownBlock3D",) * 4,
        up_block_types=("CogVideoXUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), latent_channels=4,
        layers_per_block=1, norm_num_groups=2, temporal_compression_ratio=4,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": ddim(),
        "text_encoder": t5(),
        "tokenizer": t5_tokenizer(),
    }


def cog_video(_folder: Path) -> Any:
    from diffusers import CogVideoXPipeline

    return CogVideoXPipeline(**_cog_video_parts())


def cog_video_from_a_picture(_folder: Path) -> Any:
    from diffusers import CogVideoXImageToVideoPipeline

    # The clip and the first frame
    return CogVideoXImageToVideoPipeline(**_cog_video_parts(channels=4 + 4))


def _hunyuan_video_parts(folder: Path, condition: str | None = None) -> dict[str, Any]:
    from diffusers import AutoencoderKLHunyuanVideo, FlowMatchEulerDiscreteScheduler, HunyuanVideoTransformer3DModel

    # Beside the clip: the picture, and a mask that says which frames are given
    channels = 4 + 4 + 1 if condition == "latent_concat" else 4
    transformer = HunyuanVideoTransformer3DModel(
        in_channels=channels, out_channels=4, num_attention_heads=2, attention_head_dim=10, num_layers=1,
        num_single_layers=1, num_refiner_layers=1, patch_size=1, patch_size_t=1, guidance_embeds=True,
        text_embed_dim=16, pooled_projection_dim=32, rope_axes_dim=(2, 4, 4), image_condition_type=condition,
    )  # fmt: skip
    vae = AutoencoderKLHunyuanVideo(
        in_channels=3, out_channels=3, latent_channels=4, down_block_types=("HunyuanVideoDownBlock3D",) * 4,
        up_block_types=("HunyuanVideoUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), layers_per_block=1,
        norm_num_groups=4,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "text_encoder_2": clip_text(),
        "tokenizer_2": clip_tokenizer(folder / "words"),
    }


def _llama(words: Any) -> Any:
    from transformers import LlamaConfig

    return LlamaConfig(
        hidden_size=16, intermediate_size=37, num_attention_heads=4, num_hidden_layers=2, vocab_size=len(words),
        pad_token_id=0,
    )  # fmt: skip


def _llama_tokenizer() -> Any:
    """One that knows the words before a prompt: letter by letter they would leave no room for it."""
    from diffusers.pipelines.hunyuan_video.pipeline_hunyuan_video import DEFAULT_PROMPT_TEMPLATE
    from tokenizers import models, normalizers, pre_tokenizers

    words = letters()
    # So many that the template has more tokens than the 95 which the pipeline takes off
    vocab, merges = pairs(DEFAULT_PROMPT_TEMPLATE["template"], 200, ["<pad>", "<unk>"])
    words.backend_tokenizer.model = models.BPE(vocab, merges, unk_token=words.unk_token)
    words.backend_tokenizer.normalizer = normalizers.Replace(" ", "▁")
    words.backend_tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_previous")
    return words


def hunyuan_video(folder: Path) -> Any:
    from diffusers import HunyuanVideoPipeline
    from transformers import LlamaModel

    words = _llama_tokenizer()
    return HunyuanVideoPipeline(
        **_hunyuan_video_parts(folder), text_encoder=LlamaModel(_llama(words)).eval(), tokenizer=words
    )


def hunyuan_video_from_a_picture(folder: Path, condition: str = "token_replace") -> Any:
    from diffusers import HunyuanVideoImageToVideoPipeline
    from transformers import CLIPImageProcessor, CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration

    words = letters()
    words.add_special_tokens({"additional_special_tokens": ["<image>", "<|end_header_id|>"]})
    # 24 × 24 patches: the pipeline reckons with 576
    eye = CLIPVisionConfig(
        hidden_size=16, projection_dim=16, num_hidden_layers=2, num_attention_heads=2, image_size=48, patch_size=2,
        intermediate_size=16,
    )  # fmt: skip
    reader = LlavaConfig(
        vision_config=eye, text_config=_llama(words), image_token_index=words.convert_tokens_to_ids("<image>"),
        pad_token_id=0,
    )  # fmt: skip
    return HunyuanVideoImageToVideoPipeline(
        **_hunyuan_video_parts(folder, condition), tokenizer=words,
        text_encoder=LlavaForConditionalGeneration(reader).eval(),
        image_processor=CLIPImageProcessor(crop_size=48, size=48),
    )  # fmt: skip


def hunyuan_video_beside_a_picture(folder: Path) -> Any:
    """The first of two kinds, which cuts four frames off."""
    return hunyuan_video_from_a_picture(folder, "latent_concat")


def _hunyuan_video_15_parts(task: str) -> dict[str, Any]:
    from diffusers import (
        AutoencoderKLHunyuanVideo15,
        ClassifierFreeGuidance,
        FlowMatchEulerDiscreteScheduler,
        HunyuanVideo15Transformer3DModel,
    )
    from transformers import ByT5Tokenizer, Qwen2_5_VLTextConfig, Qwen2_5_VLTextModel, T5Config, T5EncoderModel

    transformer = HunyuanVideo15Transformer3DModel(
        in_channels=9, out_channels=4, num_attention_heads=2, attention_head_dim=8, num_layers=1,
        num_refiner_layers=1, text_embed_dim=16, text_embed_2_dim=32, image_embed_dim=12, rope_axes_dim=(2, 2, 4),
        target_size=64, task_type=task,
    )  # fmt: skip
    vae = AutoencoderKLHunyuanVideo15(
        latent_channels=4, block_out_channels=(16,) * 5, layers_per_block=1, spatial_compression_ratio=16,
        temporal_compression_ratio=4, downsample_match_channel=False, upsample_match_channel=False,
    )  # fmt: skip
    words = letters()
    words.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    qwen = Qwen2_5_VLTextConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=2,
        vocab_size=len(words), rope_parameters={"rope_type": "default", "rope_theta": 1e6, "mrope_section": [1, 1, 2]},
    )  # fmt: skip
    signs = ByT5Tokenizer()
    byt5 = T5Config(d_model=32, d_kv=8, d_ff=16, num_layers=1, num_heads=2, vocab_size=len(signs))
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "text_encoder": Qwen2_5_VLTextModel(qwen).eval(),
        "tokenizer": words,
        "text_encoder_2": T5EncoderModel(byt5).eval(),
        "tokenizer_2": signs,
        "guider": ClassifierFreeGuidance(guidance_scale=1.0),
    }


def hunyuan_video_15(_folder: Path) -> Any:
    from diffusers import HunyuanVideo15Pipeline

    return HunyuanVideo15Pipeline(**_hunyuan_video_15_parts("t2v"))


def hunyuan_video_15_from_a_picture(_folder: Path) -> Any:
    from diffusers import HunyuanVideo15ImageToVideoPipeline
    from transformers import SiglipImageProcessor, SiglipVisionConfig, SiglipVisionModel

    # 27 × 27 patches: the pipeline reckons with 729
    eye = SiglipVisionConfig(
        hidden_size=12, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=108, patch_size=4
    )
    return HunyuanVideo15ImageToVideoPipeline(
        **_hunyuan_video_15_parts("i2v"), image_encoder=SiglipVisionModel(eye).eval(),
        feature_extractor=SiglipImageProcessor(size={"height": 108, "width": 108}),
    )  # fmt: skip


CLIPS = {
    "TextToVideoSDPipeline": model_scope,
    "AnimateDiffPipeline": animate_diff,
    "StableVideoDiffusionPipeline": stable_video,
    "CogVideoXPipeline": cog_video,
    "CogVideoXImageToVideoPipeline": cog_video_from_a_picture,
    "WanPipeline": wan,
    "WanImageToVideoPipeline": wan_from_a_picture,
    "LTXPipeline": ltx,
    "LTXImageToVideoPipeline": ltx_from_a_picture,
    "HunyuanVideoPipeline": hunyuan_video,
    "HunyuanVideoImageToVideoPipeline": hunyuan_video_from_a_picture,
    "HunyuanVideo15Pipeline": hunyuan_video_15,
    "HunyuanVideo15ImageToVideoPipeline": hunyuan_video_15_from_a_picture,
}
"""By the pipeline's class."""
